package io.tagway.proxy.http;

import io.tagway.auth.AuthSchemes;
import io.tagway.config.Configuration;
import io.tagway.config.ListenerSettings;
import io.tagway.config.Loaded;
import io.tagway.config.Proto;
import io.tagway.config.Settings;
import io.tagway.metrics.Meters;
import io.tagway.proxy.Front;
import io.tagway.proxy.Observer;
import io.tagway.proxy.ProxyHeaderMeters;
import io.tagway.proxy.ProxyProtocol;
import io.tagway.route.CommandText;
import io.tagway.route.Origin;
import io.tagway.route.Table;
import io.tagway.tls.CertificateSource;
import io.tagway.tls.TlsServer;
import io.tagway.tls.UpstreamTls;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data path alone, on a free port, with static routes. */
final class TestRouter implements AutoCloseable {
  private final Vertx vertx;
  private final HttpListener listener;
  private final AuthSchemes auth;
  private volatile Table table;
  private final Table.Options options;

  private TestRouter(
      Vertx vertx,
      int loops,
      UpstreamTls tls,
      Observer observer,
      String routes,
      List<String> args) {
    this.vertx = vertx;
    Settings settings = settings(args);
    this.options =
        new Table.Options(
            settings.routing().matcher(),
            settings.routing().strategy(),
            settings.routing().hostGlobs(),
            UpstreamKey::attach);
    this.table = table(routes);
    String page = settings.registry().staticNoRouteHtml();
    this.auth = new AuthSchemes(vertx, settings.authSchemes().values());
    auth.open().await();
    ListenerSettings address = settings.listeners().get(0);
    this.listener =
        new HttpListener(
            vertx,
            address,
            new HttpListener.Place(
                ProxyProtocol.of(
                    address, new ProxyHeaderMeters(Meters.silent(), address.address()), () -> {}),
                tls(vertx, address),
                loops,
                HeadBudget.ofHeap()),
            address.proto() == Proto.GRPC || address.proto() == Proto.GRPCS
                ? HttpProxy.calls(settings.http(), tls, () -> table, auth, observer)
                : HttpProxy.handlers(
                    settings.http(), tls, () -> table, () -> page, auth, observer));
    listener.open().await();
  }

  /** Nothing before HTTP. */
  static HttpListener.Place plain(int loops) {
    return new HttpListener.Place(Front.NONE, Optional.empty(), loops, HeadBudget.ofHeap());
  }

  /** One event loop, as most tests want: then all requests share connections. */
  static TestRouter start(String routes, String... args) {
    return start(1, Observer.NONE, routes, args);
  }

  static TestRouter start(int loops, Observer observer, String routes, String... args) {
    return start(loops, new UpstreamTls(Map.of()), observer, routes, args);
  }

  /** With CAs of its own. */
  static TestRouter start(
      int loops, UpstreamTls tls, Observer observer, String routes, String... args) {
    Vertx vertx = Vertx.builder().with(new VertxOptions().setEventLoopPoolSize(loops)).build();
    return new TestRouter(vertx, loops, tls, observer, routes, List.of(args));
  }

  private static Optional<TlsServer> tls(Vertx vertx, ListenerSettings address) {
    return address
        .certSource()
        .map(
            named -> {
              CertificateSource source = CertificateSource.of(vertx, named, Map.of());
              source.start().await();
              return TlsServer.of(address, source);
            });
  }

  private Table table(String routes) {
    return Table.of(
        options,
        Map.of(),
        CommandText.parse(routes, new Origin(Origin.Kind.STATIC, "", "", 0)).lines());
  }

  static Settings settings(List<String> args) {
    List<String> all = new ArrayList<>();
    if (!args.contains("-proxy.addr")) {
      all.addAll(List.of("-proxy.addr", "127.0.0.1:0"));
    }
    if (!args.contains("-proxy.localip")) {
      all.addAll(List.of("-proxy.localip", "10.9.8.7"));
    }
    all.addAll(List.of("-insecure", "-registry.backend", "static"));
    all.addAll(args);
    Loaded loaded = Configuration.load("tagway", "test", all, Map.of());
    if (loaded instanceof Loaded.Start start) {
      return start.settings();
    }
    throw new IllegalArgumentException(loaded.toString());
  }

  int port() {
    return listener.port();
  }

  RawConnection connect() throws java.io.IOException {
    return RawConnection.to(port());
  }

  void routes(String routes) {
    table = table(routes);
  }

  HttpListener listener() {
    return listener;
  }

  @Override
  public void close() {
    listener.drain(Duration.ZERO).await();
    auth.close().await();
    vertx.close().await();
  }
}
