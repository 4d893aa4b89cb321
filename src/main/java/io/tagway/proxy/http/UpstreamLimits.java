package io.tagway.proxy.http;

import io.tagway.config.Settings;
import java.time.Duration;

/**
 * The limits of one pool: connections of one event loop to one address.
 *
 * @param open most connections at a time, those being dialled included
 * @param idle most connections kept without a request
 * @param waiting most requests in the waiting line
 * @param dialNanos for a connection, over all tries; also the longest wait in the line
 * @param answerNanos from the sent request to the head of the answer; 0 is no limit
 * @param idleNanos how long a connection is kept without a request; 0 is for ever
 * @param keepAliveSeconds period of TCP keep-alive probes
 * @param lingerNanos how long streams may go on when their target has left the table
 */
record UpstreamLimits(
    int open,
    int idle,
    int waiting,
    long dialNanos,
    long answerNanos,
    long idleNanos,
    int keepAliveSeconds,
    long lingerNanos) {
  private static final int UNLIMITED = 10_000;
  private static final int WAITING = 1024;
  private static final Duration DIAL = Duration.ofSeconds(30);

  /**
   * The share of one event loop. The option counts connections kept idle and is silent about open
   * ones, which nothing limited; here it limits both, so that a target that hangs cannot eat all
   * descriptors. 0 keeps the 2 idle ones it always kept, less than 0 keeps none.
   */
  static UpstreamLimits share(Settings.Http settings, int loops) {
    int maxConn = settings.maxConn();
    int open = Math.max((maxConn > 0 ? maxConn : UNLIMITED) / loops, 1);
    int idle = maxConn > 0 ? open : maxConn == 0 ? 2 : 0;
    long probe = settings.keepAliveTimeout().toSeconds();
    return new UpstreamLimits(
        open,
        idle,
        WAITING,
        positive(settings.dialTimeout(), DIAL),
        Math.max(settings.responseHeaderTimeout().toNanos(), 0),
        Math.max(settings.idleConnTimeout().toNanos(), 0),
        probe > 0 ? (int) Math.min(probe, 32_767) : 15,
        Math.max(settings.grpc().shutdownTimeout().toNanos(), 0));
  }

  private static long positive(Duration time, Duration otherwise) {
    return time.isNegative() || time.isZero() ? otherwise.toNanos() : time.toNanos();
  }
}
