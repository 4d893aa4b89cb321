package io.tagway.proxy.http;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.tagway.proxy.Front;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections that do not show in time what they speak, for until then nobody else watches
 * them: on a listener with h2c that takes a whole first head, with TLS a handshake and, in HTTP/2,
 * the settings of the client.
 */
final class FirstHead implements Front {
  private final long nanos;
  private final H2cOffer offer;

  FirstHead(long nanos, HeadBudget heads) {
    this.nanos = nanos;
    this.offer = new H2cOffer(heads);
  }

  @Override
  public void meet(Channel channel, Runnable onward) {
    Future<?> timer =
        channel.eventLoop().schedule(() -> look(channel), nanos, TimeUnit.NANOSECONDS);
    channel.closeFuture().addListener(closed -> timer.cancel(false));
    offer.watch(channel);
    onward.run();
  }

  private static void look(Channel channel) {
    if (!ClientConnection.isMet(channel)) {
      var unused = channel.close();
    }
  }
}
