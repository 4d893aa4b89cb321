package io.tagway.proxy;

import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;

/**
 * Meets a connection before the protocol of its listener does: reads what precedes it, or takes the
 * connection for itself. Must not block. One front serves all event loops of a listener.
 */
@FunctionalInterface
public interface Front {
  /** Lets every connection pass. */
  Front NONE = (channel, onward) -> onward.run();

  /**
   * Meets a new connection, on its event loop. Handlers may be added to the channel; they come
   * before those of the protocol.
   *
   * @param channel just registered, or with a front before this one already active; nothing that
   *     this front could see was read from it yet
   * @param onward adds the handlers of what comes next; to be called once or, by a front that keeps
   *     or closes the connection, never. Bytes that were read are then to be fired on, which a
   *     {@link io.netty.handler.codec.ByteToMessageDecoder} does when it is removed
   */
  void meet(Channel channel, Runnable onward);

  /** Another front behind this one. */
  default Front then(Front next) {
    return (channel, onward) -> meet(channel, () -> next.meet(channel, onward));
  }

  /**
   * Vert.x as it is, but that the TCP and HTTP servers it makes put this front before their
   * handlers, TLS included. Clients, timers and all else are not affected.
   */
  default Vertx before(Vertx vertx) {
    return this == NONE
        ? vertx
        : new FrontedVertx(
            (VertxInternal) vertx, transport -> new FrontedTransport(transport, this));
  }
}
