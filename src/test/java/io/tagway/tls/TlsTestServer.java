package io.tagway.tls;

import io.tagway.testkit.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Real servers of Vert.x on a free port, one for each of several event loops. */
final class TlsTestServer implements AutoCloseable {
  static final int LOOPS = 4;
  private static final List<String> ALPN = List.of("h2", "http/1.1");

  final Vertx vertx;
  final CertificateSource source;
  final TlsServer tls;
  private volatile int port;

  private TlsTestServer(Vertx vertx, CertificateSource source, TlsServer tls) {
    this.vertx = vertx;
    this.source = source;
    this.tls = tls;
  }

  /** Answers each request with its server name and protocol. */
  static TlsTestServer http(Fixtures.Listener listener) {
    return http(listener, TlsEngine.best(), name -> true, Map.of());
  }

  static TlsTestServer http(Fixtures.Listener listener, TlsEngine engine) {
    return http(listener, engine, name -> true, Map.of());
  }

  static TlsTestServer http(
      Fixtures.Listener listener,
      TlsEngine engine,
      Predicate<String> wanted,
      Map<String, String> environment) {
    TlsTestServer server = create(listener, engine, wanted, environment);
    server.deploy(
        asked ->
            server
                .vertx
                .httpServerBuilder()
                .with(new HttpServerConfig())
                .with(server.tls.options(ALPN))
                .with(server.tls.engine())
                .build()
                .requestHandler(TlsTestServer::answer)
                .listen(asked, "127.0.0.1")
                .map(listening -> listening.actualPort()));
    return server;
  }

  /** Sends back what it gets. */
  static TlsTestServer echo(Fixtures.Listener listener) {
    TlsTestServer server = create(listener, TlsEngine.best(), name -> true, Map.of());
    server.deploy(
        asked ->
            server
                .vertx
                .createNetServer(server.tls.configure(new NetServerOptions()))
                .connectHandler(socket -> socket.handler(socket::write))
                .listen(asked, "127.0.0.1")
                .map(listening -> listening.actualPort()));
    return server;
  }

  private static void answer(HttpServerRequest request) {
    request.response().end(request.version() + " " + request.path() + "\n");
  }

  private static TlsTestServer create(
      Fixtures.Listener listener,
      TlsEngine engine,
      Predicate<String> wanted,
      Map<String, String> environment) {
    Vertx vertx = Vertx.vertx();
    CertificateSource source =
        CertificateSource.of(vertx, listener.source().settings(), wanted, environment);
    await(source.start());
    return new TlsTestServer(vertx, source, TlsServer.of(listener.settings(), source, engine));
  }

  private interface Opening {
    Future<Integer> open(int asked);
  }

  private void deploy(Opening opening) {
    // Servers that ask for the same negative port share a free one.
    int asked = -1 - ThreadLocalRandom.current().nextInt(1_000_000);
    await(
        vertx.deployVerticle(
            () ->
                new Deployable() {
                  @Override
                  public Future<?> deploy(Context context) {
                    return opening.open(asked).onSuccess(found -> port = found);
                  }
                },
            new DeploymentOptions().setInstances(LOOPS)));
  }

  int port() {
    return port;
  }

  /** Waits until the source has what is described. */
  void awaitCertificates(String what, Predicate<Certificates> condition) {
    Eventually.within(Duration.ofSeconds(20)).await(what, () -> condition.test(source.current()));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    await(source.close());
    await(vertx.close());
  }
}
