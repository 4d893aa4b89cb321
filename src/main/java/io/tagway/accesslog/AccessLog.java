package io.tagway.accesslog;

import io.tagway.proxy.Observer;
import io.tagway.proxy.Outcome;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line for each request. The format is made ready once; each event loop puts its lines
 * together by itself and hands them to one thread through a ring. Where the output is too slow
 * lines are dropped, never requests held up.
 */
public final class AccessLog implements Observer, AutoCloseable {
  /** For each event loop; at 100 bytes a line and 20,000 lines a second half a second. */
  private static final int RING_BYTES = 1 << 20;

  private static final Duration LAST_WRITE = Duration.ofSeconds(2);

  private final LineFormat format;
  private final InstantSource clock;
  private final LogThread thread;
  private final Map<Thread, Observer> loops = new ConcurrentHashMap<>();

  private AccessLog(LineFormat format, InstantSource clock, LogThread thread) {
    this.format = format;
    this.clock = clock;
    this.thread = thread;
  }

  /**
   * Starts its thread.
   *
   * @param format {@code common}, {@code combined}, {@code json} or text with {@code $fields}, as
   *     the configuration has checked it
   * @param out written to by one thread, in whole lines; not closed
   */
  public static AccessLog open(String format, PrintStream out, InstantSource clock) {
    return open(format, out, clock, RING_BYTES);
  }

  static AccessLog open(String format, PrintStream out, InstantSource clock, int ringBytes) {
    LogThread thread = new LogThread(out, ringBytes);
    thread.start();
    return new AccessLog(LineFormat.of(format), clock, thread);
  }

  /** All listeners of an event loop share one ring. */
  @Override
  public Observer onLoop() {
    return loops.computeIfAbsent(
        Thread.currentThread(), thisLoop -> new Lines(format, clock, thread));
  }

  /** For whoever has no event loop; others ask {@link #onLoop} first. */
  @Override
  public void told(Outcome outcome) {
    onLoop().told(outcome);
  }

  /** Lines handed over so far; any thread. */
  public long lines() {
    return thread.lines();
  }

  /** Lines that were dropped because the output was too slow; any thread. */
  public long dropped() {
    return thread.dropped();
  }

  /** Writes what is left, within two seconds. What is told from then on is lost. */
  @Override
  public void close() {
    thread.close(LAST_WRITE);
  }

  /** The lines of one event loop. */
  private static final class Lines implements Observer {
    private final LineFormat format;
    private final InstantSource clock;
    private final LogThread thread;
    private final LineRing ring;
    private final LineBytes line = new LineBytes();
    private @Nullable Entry entry;

    Lines(LineFormat format, InstantSource clock, LogThread thread) {
      this.format = format;
      this.clock = clock;
      this.thread = thread;
      this.ring = thread.ring();
    }

    @Override
    public void told(Outcome outcome) {
      if (!format.logs(outcome)) {
        return;
      }
      Entry shown = entry == null ? new Entry(clock, outcome) : entry;
      entry = shown;
      shown.show(outcome);
      line.clear();
      format.write(shown, line);
      if (line.length() > 0) {
        line.plain('\n');
        ring.put(line.array(), line.length());
        thread.wake();
      }
    }
  }
}
