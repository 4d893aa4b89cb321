package io.tagway.proxy.tcp;

import io.tagway.route.Table;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What all TCP listeners have in common.
 *
 * @param table read once for each connection
 * @param dialLimit for reaching a target, over all tries; zero or less is 30 s
 * @param keepAlive period of TCP keep-alive probes towards targets; zero or less is 15 s
 * @param observer told about each connection
 */
public record TcpForwarding(
    Supplier<Table> table, Duration dialLimit, Duration keepAlive, TcpObserver observer) {
  private static final Duration DIAL = Duration.ofSeconds(30);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  public TcpForwarding {
    dialLimit = above(dialLimit, Duration.ZERO, DIAL);
    keepAlive = above(keepAlive, Duration.ofMillis(999), KEEP_ALIVE);
  }

  private static Duration above(Duration time, Duration least, Duration otherwise) {
    return time.compareTo(least) > 0 ? time : otherwise;
  }
}
