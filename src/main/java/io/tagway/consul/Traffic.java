package io.tagway.consul;

import java.util.concurrent.atomic.LongAdder;

/** Requests to an agent, since the start. Any thread may read it. */
public final class Traffic {
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();

  void count(boolean good) {
    (good ? answered : failed).increment();
  }

  /** Answered as was hoped for. */
  public long answered() {
    return answered.sum();
  }

  /** Not answered, not in time, or with an answer that is of no use. */
  public long failed() {
    return failed.sum();
  }
}
