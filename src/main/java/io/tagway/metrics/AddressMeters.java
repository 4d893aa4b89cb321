package io.tagway.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Connections to one address, of all event loops. Any thread may change them. */
public final class AddressMeters {
  private final LongAdder open = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private final Runnable release;

  /**
   * @param release called when a user needs it no more
   */
  AddressMeters(Runnable release) {
    this.release = release;
  }

  public void opened() {
    open.increment();
  }

  public void closed() {
    open.decrement();
  }

  /**
   * @param openMore connections opened, less those closed
   * @param waitingMore requests that began to wait for one, less those that do no longer
   */
  public void change(long openMore, long waitingMore) {
    open.add(openMore);
    waiting.add(waitingMore);
  }

  /** Who got it from {@link RouteMeters#useAddress} has no use for it any more. */
  public void release() {
    release.run();
  }

  long open() {
    return open.sum();
  }

  long waiting() {
    return waiting.sum();
  }
}
