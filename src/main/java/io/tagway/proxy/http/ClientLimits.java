package io.tagway.proxy.http;

import io.tagway.config.ListenerSettings;
import io.tagway.config.Proto;
import java.time.Duration;

/**
 * How long clients may take, in nanoseconds; 0 is no limit.
 *
 * @param headNanos from the first byte of a head to its end
 * @param readNanos the same to the end of the request
 * @param writeNanos from the end of a head to the end of the answer
 * @param idleNanos without a request, from the start or the last answer
 */
record ClientLimits(long headNanos, long readNanos, long writeNanos, long idleNanos) {
  /** Fabio has none: one client could hold a connection for ever by never finishing its head. */
  static final Duration HEAD = Duration.ofSeconds(60);

  static ClientLimits of(ListenerSettings settings) {
    if (settings.proto() == Proto.GRPC || settings.proto() == Proto.GRPCS) {
      // A call may last; whoever makes it says how long it may take.
      return new ClientLimits(HEAD.toNanos(), 0, 0, nanos(settings.idleTimeout()));
    }
    long read = nanos(settings.readTimeout());
    long idle = nanos(settings.idleTimeout());
    return new ClientLimits(
        read > 0 ? read : HEAD.toNanos(),
        read,
        nanos(settings.writeTimeout()),
        idle > 0 ? idle : read);
  }

  private static long nanos(Duration time) {
    return time.isNegative() ? 0 : time.toNanos();
  }
}
