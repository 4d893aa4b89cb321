package io.tagway;

import static java.lang.System.Logger.Level.INFO;

import io.tagway.admin.Vitals.Listening;
import io.tagway.auth.AuthSchemes;
import io.tagway.config.ListenerSettings;
import io.tagway.config.Proto;
import io.tagway.config.Settings;
import io.tagway.metrics.Metrics;
import io.tagway.metrics.MetricsPage;
import io.tagway.proxy.Listener;
import io.tagway.proxy.Observer;
import io.tagway.proxy.ProxyHeaderMeters;
import io.tagway.proxy.http.HttpListener.LoopHandler;
import io.tagway.proxy.http.HttpListener.LoopHandlers;
import io.tagway.proxy.http.HttpProxy;
import io.tagway.proxy.tcp.DynamicPorts;
import io.tagway.proxy.tcp.ServerNameSplit;
import io.tagway.proxy.tcp.TcpForwarding;
import io.tagway.proxy.tcp.TcpListener;
import io.tagway.registry.Registry;
import io.tagway.tls.TlsServer;
import io.tagway.tls.UpstreamTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The listeners of {@code proxy.addr}: each kind is put together here. */
final class ProxyListeners {
  private static final System.Logger LOG = System.getLogger(ProxyListeners.class.getName());

  private final Vertx vertx;
  private final HttpServers servers;
  private final Settings settings;
  private final Registry registry;
  private final TlsServers tls;
  private final AuthSchemes auth;
  private final Metrics metrics;
  private final int loops;
  private final LoopHandlers requests;
  private final LoopHandlers calls;
  private final TcpForwarding connections;
  private volatile List<Prepared> prepared = List.of();

  /**
   * @param loops event loops that serve, for each listener
   * @param observer told about requests of HTTP listeners
   */
  ProxyListeners(
      Vertx vertx,
      HttpServers servers,
      Settings settings,
      Registry registry,
      TlsServers tls,
      Metrics metrics,
      int loops,
      Observer observer) {
    this.vertx = vertx;
    this.servers = servers;
    this.settings = settings;
    this.registry = registry;
    this.tls = tls;
    this.metrics = metrics;
    this.loops = loops;
    ProxyMeters meters = new ProxyMeters(settings.listeners(), metrics.meters());
    this.auth = new AuthSchemes(vertx, settings.authSchemes().values());
    UpstreamTls upstreamTls = new UpstreamTls(System.getenv());
    this.requests =
        HttpProxy.handlers(
            settings.http(),
            upstreamTls,
            registry.table(),
            registry.noRouteHtml(),
            auth,
            Observer.all(meters.requests(), observer));
    this.calls =
        HttpProxy.calls(settings.http(), upstreamTls, registry.table(), auth, meters.calls());
    this.connections =
        new TcpForwarding(
            registry.table(),
            settings.http().dialTimeout(),
            settings.http().keepAliveTimeout(),
            meters.connections());
  }

  /** Gets ready what listeners need; fails with a text fit for the log if it is not to be had. */
  Future<Void> prepare() {
    List<Future<Prepared>> preparing =
        settings.listeners().stream()
            .map(
                listener ->
                    tls.of(listener).map(ready -> new Prepared(listener, make(listener, ready))))
            .toList();
    return Future.all(preparing)
        .<Void>map(
            all -> {
              prepared = List.copyOf(all.<Prepared>list());
              return null;
            })
        .compose(ready -> auth.open());
  }

  /** Opens all that were prepared. */
  Future<Void> open() {
    return Future.all(prepared.stream().map(Prepared::open).toList()).mapEmpty();
  }

  /** What there is to see of them; none before {@link #prepare} is done. */
  List<Listening> listening() {
    return prepared.stream()
        .map(one -> RouterVitals.listening("proxy", one.settings(), one.listener().port()))
        .toList();
  }

  /** See {@link Listener#giveWay}. */
  void giveWay() {
    prepared.forEach(one -> one.listener().giveWay());
  }

  /** Stops accepting; see {@link Listener#drain}. */
  Future<Void> drain(Duration limit) {
    return Future.join(prepared.stream().map(one -> one.listener().drain(limit)).toList())
        .<Void>mapEmpty()
        .eventually(auth::close);
  }

  private Listener make(ListenerSettings listener, Optional<TlsServer> ready) {
    return switch (listener.proto()) {
      case HTTP, HTTPS -> servers.of(listener, ready, loops, requests);
      case TCP ->
          TcpListener.byPort(
              vertx, listener, loops, connections, headers(listener), ready.map(this::bytes));
      case TCP_SNI ->
          TcpListener.byServerName(vertx, listener, loops, connections, headers(listener));
      case HTTPS_TCP_SNI -> {
        ServerNameSplit split =
            new ServerNameSplit(vertx, listener, connections, headers(listener));
        yield split.with(servers.behind(split.front(), listener, ready, loops, requests));
      }
      case TCP_DYNAMIC -> dynamic(listener, ready);
      case GRPC, GRPCS -> servers.of(listener, ready, loops, calls);
      case PROMETHEUS -> page(listener, ready);
    };
  }

  private ProxyHeaderMeters headers(ListenerSettings listener) {
    return new ProxyHeaderMeters(metrics.meters(), listener.address());
  }

  private Listener page(ListenerSettings listener, Optional<TlsServer> ready) {
    MetricsPage page =
        new MetricsPage(vertx, metrics::page, settings.metrics().prometheus().path());
    return servers.of(
        listener, ready, 1, (x, loop, count, draining) -> LoopHandler.of(page, draining));
  }

  private Listener dynamic(ListenerSettings listener, Optional<TlsServer> ready) {
    DynamicPorts ports =
        new DynamicPorts(
            vertx,
            listener,
            loops,
            connections,
            headers(listener),
            ready.map(this::bytes),
            settings.lifecycle().shutdownWait());
    registry.onSwap(ports);
    return ports;
  }

  private Consumer<NetServerOptions> bytes(TlsServer ready) {
    return ready::configure;
  }

  /** A listener that only has to be opened. */
  private record Prepared(ListenerSettings settings, Listener listener) {
    Future<Void> open() {
      return listener.open().onSuccess(opened -> LOG.log(INFO, text()));
    }

    private String text() {
      String kind = settings.proto().word().toUpperCase(Locale.ROOT) + " proxy ";
      return settings.proto() == Proto.TCP_DYNAMIC
          ? kind + "follows the ports of routes"
          : kind + "listening on " + settings.addressAt(listener.port());
    }
  }
}
