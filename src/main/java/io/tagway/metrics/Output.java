package io.tagway.metrics;

import java.io.IOException;

/** Something that metrics are sent to, on a thread of its own. */
interface Output {
  /** {@code graphite} and so on, for the log. */
  String name();

  /**
   * Sends what there is. May wait, within metrics.timeout.
   *
   * @throws IOException if it did not arrive
   */
  void send() throws IOException;

  /** Whether it should send before its interval is over. */
  default boolean isUrgent() {
    return false;
  }

  /** Events that were lost because they came faster than they could be sent. */
  default long dropped() {
    return 0;
  }
}
