package io.tagway.proxy.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.tagway.config.ListenerSettings;
import io.tagway.config.Proto;
import io.tagway.proxy.Door;
import io.tagway.proxy.Front;
import io.tagway.proxy.ListenFailure;
import io.tagway.proxy.Listener;
import io.tagway.tls.TlsServer;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerBuilder;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.WebSocketServerConfig;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.TcpOption;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * Serves HTTP/1 on one address with a server on each event loop; a connection stays on the loop
 * that accepted it. What is served is made anew for each loop.
 */
public final class HttpListener implements Listener {
  /** Largest request line, and largest sum of all header lines; Go, and so Fabio, allows 1 MiB. */
  public static final int HEAD_BYTES = 256 << 10;

  private static final int BACKLOG = 4096;
  private static final int KEEP_ALIVE_SECONDS = 180;

  /** Serves the requests of one event loop, on that loop. */
  public interface LoopHandler extends Handler<HttpServerRequest> {
    /** Answers a request whose head could not be read; the connection is closed afterwards. */
    void invalid(HttpServerRequest request);

    /**
     * A client has connected.
     *
     * @param closed completes when it is gone
     */
    default void connected(ChannelFuture closed) {}

    /** What is appended to {@code Forwarded} for connections of this listener. */
    default ConnectionTails forwardedTails() {
      return new ConnectionTails("");
    }

    /**
     * A handler that has nothing special to say about invalid requests, nor about the end.
     *
     * @param draining whether answers have to end their connection
     */
    static LoopHandler of(Handler<HttpServerRequest> handler, BooleanSupplier draining) {
      return new LoopHandler() {
        @Override
        public void handle(HttpServerRequest request) {
          ClientConnection client = ClientConnection.of(request.connection());
          if (client.isBehind()) {
            client.onceCaughtUp(request, () -> late(client, request));
          } else {
            serve(client, request);
          }
        }

        private void late(ClientConnection client, HttpServerRequest request) {
          serve(client, request);
          request.resume();
        }

        private void serve(ClientConnection client, HttpServerRequest request) {
          if (draining.getAsBoolean() && client.mark(request, false, true)) {
            request.response().endHandler(ended -> client.afterLast(request));
          }
          handler.handle(request);
        }

        @Override
        public void invalid(HttpServerRequest request) {
          HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
        }
      };
    }
  }

  /** Makes the handler of each event loop. */
  @FunctionalInterface
  public interface LoopHandlers {
    /**
     * @param eventLoop the loop; this is called on it
     * @param loops how many there are
     * @param draining whether answers have to end their connection
     */
    LoopHandler create(Vertx vertx, EventLoop eventLoop, int loops, BooleanSupplier draining);
  }

  private final Door door = new Door();
  private final Vertx vertx;
  private final ListenerSettings settings;
  private final Place place;
  private final LoopHandlers handlers;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private volatile Duration farewell = Duration.ZERO;
  private volatile boolean draining;
  private volatile int port;

  /**
   * What a listener has around it.
   *
   * @param front what comes before HTTP and TLS
   * @param tls how TLS is ended, if it is
   * @param loops how many event loops serve; at most as many as Vert.x has
   * @param heads what large heads of all listeners together may take
   */
  public record Place(Front front, Optional<TlsServer> tls, int loops, HeadBudget heads) {}

  /** Opens nothing yet. */
  public HttpListener(Vertx vertx, ListenerSettings settings, Place place, LoopHandlers handlers) {
    this.vertx = door.before(vertx);
    this.settings = settings;
    this.place = place;
    this.handlers = handlers;
  }

  @Override
  public Future<Void> open() {
    // Vert.x lets servers share a free port if they ask for the same negative one.
    int asked =
        settings.port() != 0
            ? settings.port()
            : -1 - ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE - 1);
    return vertx
        .deployVerticle(() -> new Loop(asked), new DeploymentOptions().setInstances(place.loops()))
        .<Void>mapEmpty()
        .recover(cause -> Future.failedFuture(ListenFailure.of(settings.address(), cause)));
  }

  @Override
  public void giveWay() {
    door.giveWay();
  }

  @Override
  public Future<Void> drain(Duration limit) {
    // First the door: a client that is told to leave is to find another one open, not ours.
    return door.close()
        .transform(
            closed -> {
              farewell = limit;
              draining = true;
              return Future.join(servers.stream().map(server -> server.shutdown(limit)).toList());
            })
        .mapEmpty();
  }

  @Override
  public int port() {
    return port;
  }

  /** Both families where the machine has both. */
  private static String anyAddress() {
    boolean six =
        !NetUtil.isIpV4StackPreferred()
            && NetUtil.NETWORK_INTERFACES.stream()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(Inet6Address.class::isInstance);
    return six ? "::" : "0.0.0.0";
  }

  private boolean isGrpc() {
    return settings.proto() == Proto.GRPC || settings.proto() == Proto.GRPCS;
  }

  /** What this listener speaks, the best first: HTTP/2 by ALPN, without TLS only if asked for. */
  private List<HttpVersion> versions() {
    return place.tls().isPresent() || settings.h2c() || isGrpc()
        ? List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0)
        : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0);
  }

  /** By ALPN (RFC 7301); a client that knows it not, or none of these, goes on with HTTP/1. */
  private List<String> offered() {
    return versions().stream()
        .filter(isGrpc() ? HttpVersion.HTTP_2::equals : version -> version != HttpVersion.HTTP_1_0)
        .map(HttpVersion::alpnName)
        .toList();
  }

  private HttpServerBuilder server(ClientLimits limits) {
    boolean http1Only = !versions().contains(HttpVersion.HTTP_2);
    Front front =
        http1Only
            ? place.front()
            : place.front().then(new FirstHead(limits.headNanos(), place.heads()));
    HttpServerBuilder builder = front.before(vertx).httpServerBuilder().with(config());
    place.tls().ifPresent(server -> builder.with(server.options(offered())).with(server.engine()));
    return builder;
  }

  private HttpServerConfig config() {
    HttpServerConfig config =
        new HttpServerConfig()
            .setVersions(versions().toArray(HttpVersion[]::new))
            .setHandle100ContinueAutomatically(false)
            .setStrictThreadMode(true)
            // Nobody speaks WebSocket here; its extensions would look at every message.
            .setWebSocketConfig(
                new WebSocketServerConfig()
                    .setUsePerFrameCompression(false)
                    .setUsePerMessageCompression(false))
            .setHttp1Config(RequestDecoder.config())
            .setHttp2Config(Http2Limits.config());
    config
        .getTcpConfig()
        .setAcceptBacklog(BACKLOG)
        .getTransportConfig()
        .setSoKeepAlive(true)
        .setOption(TcpOption.NODELAY, true)
        .setOption(TcpOption.KEEPIDLE, KEEP_ALIVE_SECONDS);
    return config;
  }

  /** The server of one event loop. */
  private final class Loop implements Deployable {
    private final int asked;

    Loop(int asked) {
      this.asked = asked;
    }

    @Override
    public Future<?> deploy(Context context) {
      EventLoop eventLoop = ((ContextInternal) context).nettyEventLoop();
      LoopHandler handler = handlers.create(vertx, eventLoop, place.loops(), () -> draining);
      ConnectionTails tails = handler.forwardedTails();
      ClientLimits limits = ClientLimits.of(settings);
      HttpServer server =
          server(limits)
              .build()
              .requestHandler(handler)
              .invalidRequestHandler(handler::invalid)
              .connectionHandler(
                  connection -> {
                    ClientConnection.meet(connection, tails, limits, place.heads());
                    if (draining) {
                      // Its handshake was under way when the others were told.
                      ClientConnection.of(connection).leave(farewell);
                    }
                    handler.connected(((ConnectionBase) connection).channel().closeFuture());
                  })
              .exceptionHandler(ignored -> {});
      Promise<Void> opened = Promise.promise();
      server
          .listen(asked, settings.host().isEmpty() ? anyAddress() : settings.host())
          .onSuccess(
              listening -> {
                port = listening.actualPort();
                servers.add(listening);
                opened.complete();
              })
          .onFailure(opened::fail);
      return opened.future();
    }
  }
}
