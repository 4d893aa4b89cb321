package io.tagway.proxy.tcp;

import io.tagway.config.IpBlock;
import io.tagway.config.ListenerSettings;
import io.tagway.config.Proto;
import io.tagway.metrics.Meters;
import io.tagway.proxy.Listener;
import io.tagway.proxy.ProxyHeaderMeters;
import io.tagway.proxy.Transports;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServerOptions;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** TCP listeners alone, on free ports, with routes of lines. */
final class TcpRouter implements Closeable {
  static final int LOOPS = 2;

  /** Where refused PROXY headers of a test are counted that does not look. */
  static final ProxyHeaderMeters HEADERS = new ProxyHeaderMeters(Meters.silent(), "test");

  /** The best one of this machine, unless the build is told another. */
  private static final String TRANSPORT = System.getProperty("tagway.transport", "");

  /** Counts what it is told. */
  static final class Counts implements TcpObserver {
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger noRoute = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicLong sent = new AtomicLong();
    final AtomicLong received = new AtomicLong();

    @Override
    public void accepted(Kind kind) {
      accepted.incrementAndGet();
    }

    @Override
    public void noRoute(Kind kind) {
      noRoute.incrementAndGet();
    }

    @Override
    public void failed(Kind kind) {
      failed.incrementAndGet();
    }

    @Override
    public void sent(Target target, int bytes) {
      sent.addAndGet(bytes);
    }

    @Override
    public void received(Target target, int bytes) {
      received.addAndGet(bytes);
    }
  }

  final Vertx vertx =
      Vertx.builder()
          .with(new VertxOptions().setEventLoopPoolSize(LOOPS))
          .withTransport(Transports.choose(TRANSPORT).transport())
          .build();
  final Counts counts = new Counts();
  private volatile Table table = TestTables.of();
  private Duration dialLimit = Duration.ofSeconds(3);
  private Listener listener = new NoListener();

  private static final class NoListener implements Listener {
    @Override
    public io.vertx.core.Future<Void> open() {
      return io.vertx.core.Future.succeededFuture();
    }

    @Override
    public io.vertx.core.Future<Void> drain(Duration limit) {
      return io.vertx.core.Future.succeededFuture();
    }

    @Override
    public int port() {
      return 0;
    }
  }

  /** What a listener is configured with, for tests. */
  record Wish(
      Duration readTimeout,
      Duration writeTimeout,
      boolean proxyProtocol,
      List<IpBlock> headersFrom,
      Duration refresh) {
    static final Wish PLAIN =
        new Wish(Duration.ZERO, Duration.ZERO, false, List.of(), Duration.ZERO);

    Wish readTimeout(Duration limit) {
      return new Wish(limit, writeTimeout, proxyProtocol, headersFrom, refresh);
    }

    Wish writeTimeout(Duration limit) {
      return new Wish(readTimeout, limit, proxyProtocol, headersFrom, refresh);
    }

    Wish withProxyProtocol() {
      return new Wish(readTimeout, writeTimeout, true, headersFrom, refresh);
    }

    Wish withProxyProtocolFrom(IpBlock... senders) {
      return new Wish(readTimeout, writeTimeout, true, List.of(senders), refresh);
    }

    ListenerSettings settings(Proto proto) {
      return new ListenerSettings(
          "127.0.0.1:0",
          "127.0.0.1",
          0,
          proto,
          Optional.empty(),
          readTimeout,
          writeTimeout,
          Duration.ZERO,
          false,
          0,
          0,
          List.of(),
          proxyProtocol,
          Duration.ofMillis(250),
          headersFrom,
          refresh,
          false);
    }
  }

  /** Listener tcp; routes may say {@code :PORT} for the port it gets. */
  static TcpRouter byPort(String... routes) {
    return byPort(w -> w, routes);
  }

  static TcpRouter byPort(UnaryOperator<Wish> wish, String... routes) {
    return byPort(wish, Optional.empty(), routes);
  }

  static TcpRouter byPort(
      UnaryOperator<Wish> wish, Optional<Consumer<NetServerOptions>> tls, String... routes) {
    return new TcpRouter()
        .open(
            (router, forwarding) ->
                TcpListener.byPort(
                    router.vertx,
                    wish.apply(Wish.PLAIN).settings(Proto.TCP),
                    LOOPS,
                    forwarding,
                    HEADERS,
                    tls),
            routes);
  }

  static TcpRouter byServerName(UnaryOperator<Wish> wish, String... routes) {
    return new TcpRouter()
        .open(
            (router, forwarding) ->
                TcpListener.byServerName(
                    router.vertx,
                    wish.apply(Wish.PLAIN).settings(Proto.TCP_SNI),
                    LOOPS,
                    forwarding,
                    HEADERS),
            routes);
  }

  TcpRouter dialLimit(Duration limit) {
    dialLimit = limit;
    return this;
  }

  TcpRouter open(BiFunction<TcpRouter, TcpForwarding, Listener> make, String... routes) {
    TcpForwarding forwarding =
        new TcpForwarding(() -> table, dialLimit, Duration.ofSeconds(15), counts);
    listener = make.apply(this, forwarding);
    listener.open().await();
    routes(routes);
    return this;
  }

  Table routes(String... routes) {
    table =
        TestTables.of(
            List.of(routes).stream()
                .map(line -> line.replace(":PORT", ":" + listener.port()))
                .toArray(String[]::new));
    return table;
  }

  Table table() {
    return table;
  }

  Listener listener() {
    return listener;
  }

  int port() {
    return listener.port();
  }

  Socket connect() throws IOException {
    return connect(port());
  }

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
    return socket;
  }

  @Override
  public void close() {
    listener.drain(Duration.ZERO).await();
    vertx.close().await();
  }
}
