package io.tagway.proxy.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: what is known about it, worked out once, and the few things that HTTP/1
 * and HTTP/2 do each in their own way. Used by one event loop.
 */
abstract sealed class ClientConnection permits Http1Client, Http2Client {
  /** How long a client has for the request with which it is told to go. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final AttributeKey<ClientConnection> KEY =
      AttributeKey.valueOf(ClientConnection.class, "connection");

  private final Channel channel;
  private final Peer peer;

  ClientConnection(Channel channel, Peer peer) {
    this.channel = channel;
    this.peer = peer;
  }

  /** Meets a new connection of a Vert.x server. */
  static void meet(
      HttpConnection connection, ConnectionTails tails, ClientLimits limits, HeadBudget heads) {
    Channel channel = ((ConnectionBase) connection).channel();
    SocketAddress remote = connection.remoteAddress();
    Peer peer =
        new Peer(
            address(remote),
            remote == null ? 0 : remote.port(),
            connection.isSsl(),
            tails.of(connection.sslSession()));
    Http2ConnectionHandler http2 = channel.pipeline().get(Http2ConnectionHandler.class);
    channel
        .attr(KEY)
        .set(
            http2 == null
                ? Http1Client.meet(channel, peer, limits, heads)
                : Http2Client.meet(channel, peer, limits, heads, http2));
  }

  /** What {@link #meet} made of this connection. */
  static ClientConnection of(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().attr(KEY).get();
  }

  /** Whether a connection was met: then its protocol is known, and its limits are watched. */
  static boolean isMet(Channel channel) {
    return channel.attr(KEY).get() != null;
  }

  /** A connection that is gone already has no address; nothing will be sent in its name. */
  private static InetAddress address(@Nullable SocketAddress remote) {
    String text = remote == null ? null : remote.hostAddress();
    InetAddress address = text == null ? null : NetUtil.createInetAddressFromIpAddressString(text);
    return address == null ? InetAddress.getLoopbackAddress() : address;
  }

  final Channel channel() {
    return channel;
  }

  final Peer peer() {
    return peer;
  }

  /** Whether requests are no longer looked at, because the last answer is being written. */
  abstract boolean isAnsweringNoMore();

  abstract RequestHead head(HttpServerRequest request);

  /**
   * Whether the client has not taken yet what it asked for before. A request then waits: else it
   * could ask for any number of answers and make us hold all.
   */
  abstract boolean isBehind();

  /**
   * Lets a request wait, and its body with it, until the client is not behind any more.
   *
   * @param then called on this event loop; the body waits still
   */
  abstract void onceCaughtUp(HttpServerRequest request, Runnable then);

  /** The protocols this request offers to go on with; empty if none. */
  abstract String offered(RequestHead head);

  /** What ended the body of a request that was read to its end; usually nothing. */
  abstract HttpHeaders trailers(HttpServerRequest request);

  /** Counts what waits of one answer; null if the connection alone tells when to stop. */
  abstract @Nullable Unwritten unwritten();

  /** Names the exchange that answers a request, to be told of time limits. */
  abstract void begin(Exchange exchange, HttpServerRequest request);

  /** That exchange is over. */
  abstract void end(Exchange exchange, HttpServerRequest request);

  /**
   * Writes an informational answer, 101 included, whether or not the client reads.
   *
   * @param headers fit to be sent
   */
  abstract void inform(HttpServerRequest request, int status, HttpHeaders headers);

  /**
   * Puts into the head of an answer what it means for the connection.
   *
   * @param last whether nothing more is read from the client after it
   * @param draining whether the listener is going to close
   * @return whether the answer is followed by {@link #answersNoMore} and {@link #afterLast}
   */
  abstract boolean mark(HttpServerRequest request, boolean last, boolean draining);

  /** The answer being written is the last; requests that follow it are not looked at. */
  abstract void answersNoMore();

  /** A last answer is written; what is left of its request will not be read. */
  abstract void afterLast(HttpServerRequest request);

  /** Ends an answer that cannot be completed so that it does not look complete. */
  abstract void cut(HttpServerRequest request);

  /**
   * The listener is going to close: tells the client to go, and closes what stays idle. What is
   * running goes on; whoever drains the listener ends it at the limit.
   *
   * @param limit above zero
   */
  abstract void leave(Duration limit);

  /** How long to wait for an idle client: two seconds, or half the time there is. */
  static Duration patience(Duration limit) {
    Duration half = limit.dividedBy(2);
    return half.compareTo(PATIENCE) < 0 ? half : PATIENCE;
  }

  /** Closes without another word. */
  final void close() {
    var unused = channel.close();
  }
}
