package io.tagway.accesslog;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that writes lines: all that has gathered in one write. It sleeps when there is
 * nothing, and is woken at most once for each batch.
 */
final class LogThread implements Runnable {
  private static final System.Logger LOG = System.getLogger(LogThread.class.getName());

  /** How long lines gather: short for whoever reads along, long for a hundred wake-ups. */
  private static final long GATHER_NANOS = Duration.ofMillis(10).toNanos();

  private static final long TELL_NANOS = Duration.ofSeconds(10).toNanos();

  private final List<LineRing> rings = new CopyOnWriteArrayList<>();
  private final byte[] batch;
  private final PrintStream out;
  private final Thread thread;
  private volatile boolean idle;
  private volatile boolean closing;
  private long droppedTold;
  private long toldAt = System.nanoTime() - TELL_NANOS;

  /**
   * @param ringBytes size of every ring
   */
  LogThread(PrintStream out, int ringBytes) {
    this.out = out;
    this.batch = new byte[ringBytes];
    this.thread = new Thread(this, "tagway-access-log");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** A ring for one event loop. */
  LineRing ring() {
    LineRing ring = new LineRing(batch.length);
    rings.add(ring);
    return ring;
  }

  /** There is something to write. For event loops. */
  void wake() {
    if (idle) {
      idle = false;
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    boolean last;
    do {
      last = closing;
      write();
      tellDropped(last);
      if (!last) {
        sleep();
      }
    } while (!last);
  }

  private void write() {
    boolean any = false;
    for (LineRing ring : rings) {
      int length = ring.take(batch);
      if (length > 0) {
        out.write(batch, 0, length);
        any = true;
      }
    }
    if (any) {
      out.flush();
    }
  }

  private void sleep() {
    idle = true;
    // Looked at again behind the flag: a line that comes now either is seen here or wakes.
    if (allEmpty() && !closing && dropped() == droppedTold) {
      LockSupport.park(this);
    }
    idle = false;
    if (!closing) {
      LockSupport.parkNanos(this, GATHER_NANOS);
    }
  }

  private boolean allEmpty() {
    for (LineRing ring : rings) {
      if (!ring.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private void tellDropped(boolean now) {
    long dropped = dropped();
    long nanos = System.nanoTime();
    if (dropped != droppedTold && (now || nanos - toldAt >= TELL_NANOS)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Access log: " + (dropped - droppedTold) + " lines dropped, the output is too slow");
      droppedTold = dropped;
      toldAt = nanos;
    }
  }

  long lines() {
    return rings.stream().mapToLong(LineRing::lines).sum();
  }

  long dropped() {
    return rings.stream().mapToLong(LineRing::dropped).sum();
  }

  /** Writes what is left, unless the output does not take it within the limit. */
  void close(Duration limit) {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
