package io.tagway.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is known about one client connection, worked out once. Used by one event loop. */
final class ClientConnection {
  private static final AttributeKey<ClientConnection> KEY =
      AttributeKey.valueOf(ClientConnection.class, "connection");

  /** How long a client may take to read a last answer before its own bytes cause a reset. */
  private static final long LINGER_MILLIS = 500;

  private final Channel channel;
  private final Peer peer;
  private final ClientTimers timers;
  private final RequestTrailers trailers = new RequestTrailers();
  private @Nullable Exchange exchange;
  private boolean last;

  private ClientConnection(Channel channel, Peer peer, ClientLimits limits) {
    this.channel = channel;
    this.peer = peer;
    this.timers = new ClientTimers(channel.eventLoop(), limits, this);
  }

  /** Meets a new connection of a Vert.x server. */
  static ClientConnection meet(
      HttpConnection connection, ConnectionTails tails, ClientLimits limits) {
    Channel channel = ((ConnectionBase) connection).channel();
    SocketAddress remote = connection.remoteAddress();
    Peer peer =
        new Peer(
            address(remote),
            remote == null ? 0 : remote.port(),
            connection.isSsl(),
            tails.of(connection.sslSession()));
    ClientConnection client = new ClientConnection(channel, peer, limits);
    channel.attr(KEY).set(client);
    client.timers.connected();
    return client;
  }

  /** What {@link #meet} made of this connection. */
  static ClientConnection of(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().attr(KEY).get();
  }

  /** A connection that is gone already has no address; nothing will be sent in its name. */
  private static InetAddress address(@Nullable SocketAddress remote) {
    String text = remote == null ? null : remote.hostAddress();
    InetAddress address = text == null ? null : NetUtil.createInetAddressFromIpAddressString(text);
    return address == null ? InetAddress.getLoopbackAddress() : address;
  }

  Peer peer() {
    return peer;
  }

  ClientTimers timers() {
    return timers;
  }

  RequestTrailers trailers() {
    return trailers;
  }

  @Nullable Exchange exchange() {
    return exchange;
  }

  /** Names the exchange whose answer this connection waits for. */
  void begin(Exchange current) {
    exchange = current;
  }

  /** That exchange is over; the next may have begun while its end was written. */
  void end(Exchange done) {
    if (exchange == done) {
      exchange = null;
    }
  }

  /** The answer being written is the last; requests that follow it are not looked at. */
  void answersNoMore() {
    last = true;
  }

  boolean isAnsweringNoMore() {
    return last;
  }

  /** Closes without another word. */
  void close() {
    var unused = channel.close();
  }

  /**
   * Closes so that the client can still read what was written: bytes it goes on sending would else
   * be answered with a reset that overtakes the answer.
   */
  void closeLingering() {
    if (channel.pipeline().get(SslHandler.class) == null && channel instanceof DuplexChannel both) {
      both.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
    var unused = channel.eventLoop().schedule(this::close, LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }
}
