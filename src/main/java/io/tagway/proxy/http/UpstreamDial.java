package io.tagway.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.tagway.proxy.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpClientConfig;
import io.vertx.core.net.TcpOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to targets. Names are resolved, sockets opened and TLS spoken by Vert.x; then
 * its handler is replaced by Netty's HTTP codec and ours, for Vert.x's own HTTP client knows
 * neither 102 nor trailers of a request, copies each header, and does not tell a dead connection
 * from a refusal. Must be used on the event loop it was made on.
 */
final class UpstreamDial {
  /** The largest head of an answer; Go, and so Fabio, allows 10 MB. */
  static final int HEAD_BYTES = 1 << 20;

  private static final int PIECE_BYTES = 1 << 16;

  private final NetClient client;

  /**
   * @param keepAliveSeconds period of TCP keep-alive probes
   */
  UpstreamDial(Vertx vertx, int keepAliveSeconds) {
    TcpClientConfig config = new TcpClientConfig();
    config
        .getTransportConfig()
        .setSoKeepAlive(true)
        .setOption(TcpOption.NODELAY, true)
        .setOption(TcpOption.KEEPIDLE, keepAliveSeconds)
        .setOption(TcpOption.KEEPINTVL, keepAliveSeconds);
    this.client = vertx.createNetClient(config);
  }

  /** Connects within the limit, the time for resolving a name included. Tells exactly one. */
  void dial(
      UpstreamKey key,
      long limitNanos,
      Consumer<Channel> connected,
      BiConsumer<Failure, @Nullable Throwable> failed) {
    Future<NetSocket> connecting = client.connect(options(key, limitNanos));
    connecting
        .timeout(limitNanos, TimeUnit.NANOSECONDS)
        .onComplete(
            socket -> connected.accept(channel(socket)),
            cause -> {
              connecting.onSuccess(NetSocket::close);
              failed.accept(failure(cause), cause);
            });
  }

  private static Channel channel(NetSocket socket) {
    return ((NetSocketInternal) socket).channelHandlerContext().channel();
  }

  /** Turns a fresh channel into one that speaks HTTP to this handler. */
  void install(Channel channel, ChannelHandler last) {
    ChannelPipeline pipeline = channel.pipeline();
    List<ChannelHandler> others = new ArrayList<>();
    for (Map.Entry<String, ChannelHandler> entry : pipeline) {
      if (!(entry.getValue() instanceof SslHandler)) {
        others.add(entry.getValue());
      }
    }
    others.forEach(pipeline::remove);
    pipeline.addLast(
        new HttpClientCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(PIECE_BYTES)
                .setMaxHeaderSize(HEAD_BYTES)
                .setMaxChunkSize(PIECE_BYTES)
                // Old programs end lines with LF alone; that is harmless on this side.
                .setStrictLineParsing(false),
            false,
            false),
        last);
    // A target may refuse a body, answer and close: its answer must still be readable.
    channel.config().setOption(ChannelOption.AUTO_CLOSE, false);
  }

  private static ConnectOptions options(UpstreamKey key, long limitNanos) {
    ConnectOptions options =
        new ConnectOptions()
            .setRemoteAddress(SocketAddress.inetSocketAddress(key.port(), key.host()))
            .setTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(limitNanos)))
            .setSsl(key.tls());
    if (key.tls()) {
      options
          .setHost(key.serverName())
          .setPort(key.port())
          // RFC 6066 section 3: an address is not a server name.
          .setSniServerName(
              NetUtil.isValidIpV4Address(key.serverName())
                      || NetUtil.isValidIpV6Address(key.serverName())
                  ? null
                  : key.serverName())
          .setSslOptions(
              new ClientSSLOptions()
                  .setTrustAll(key.skipVerify())
                  .setHostnameVerificationAlgorithm(key.skipVerify() ? "" : "HTTPS"));
    }
    return options;
  }

  private static Failure failure(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof ConnectTimeoutException || t instanceof TimeoutException) {
        return Failure.DIAL_TIMEOUT;
      }
      if (t instanceof SSLException) {
        return Failure.TLS_FAILED;
      }
    }
    return Failure.DIAL_FAILED;
  }
}
