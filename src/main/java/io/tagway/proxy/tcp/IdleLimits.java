package io.tagway.proxy.tcp;

import io.netty.channel.Channel;
import io.tagway.config.ListenerSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection may stand still. The listener's read limit is the longest time without a
 * byte in either direction; its write limit the longest time in which the client takes nothing of
 * what it is sent.
 *
 * @param idleNanos 0 is no limit
 * @param fullNanos 0 is no limit
 */
record IdleLimits(long idleNanos, long fullNanos) {
  static IdleLimits of(ListenerSettings settings) {
    return new IdleLimits(nanos(settings.readTimeout()), nanos(settings.writeTimeout()));
  }

  private static long nanos(Duration limit) {
    return limit.isNegative() ? 0 : limit.toNanos();
  }

  /** Begins to watch a connection, if there is any limit. */
  @Nullable IdleWatch watch(Channel client, Runnable expired) {
    return idleNanos == 0 && fullNanos == 0
        ? null
        : new IdleWatch(client.eventLoop(), idleNanos, fullNanos, expired);
  }
}
