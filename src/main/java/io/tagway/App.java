package io.tagway;

import static io.tagway.proxy.Observer.NONE;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.netty.util.concurrent.EventExecutor;
import io.tagway.accesslog.AccessLog;
import io.tagway.admin.AdminHandler;
import io.tagway.admin.Insight;
import io.tagway.admin.Vitals;
import io.tagway.config.HostName;
import io.tagway.config.Loaded;
import io.tagway.config.Settings;
import io.tagway.metrics.Metrics;
import io.tagway.outbound.Outbound;
import io.tagway.proxy.LoopLag;
import io.tagway.proxy.Observer;
import io.tagway.proxy.Resolved;
import io.tagway.proxy.SharedPorts;
import io.tagway.proxy.Transports;
import io.tagway.proxy.http.DryRun;
import io.tagway.proxy.http.UpstreamKey;
import io.tagway.registry.Registries;
import io.tagway.registry.Registry;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Builds the rooms, starts them in order, stops them in reverse. Used once, from the main thread;
 * everything else happens on Vert.x's threads.
 */
final class App {
  private static final System.Logger LOG = System.getLogger(App.class.getName());

  /** How long withdrawing from the registry may take, so that a dead one cannot hold up a stop. */
  private static final Duration WITHDRAW_LIMIT = Duration.ofSeconds(5);

  /** How long ending the BGP sessions may take. */
  private static final Duration FAREWELL_LIMIT = Duration.ofSeconds(2);

  /** How long sockets and threads may take to close. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  /** The name in the prefix of metrics: dashboards made for Fabio are to find what they know. */
  private static final String PROGRAM = "fabio";

  private final Settings settings;
  private final LogOutput log;
  private final ServiceManager manager;
  private final Vertx vertx;
  private final Registry registry;
  private final Metrics metrics;
  private final TlsServers tls;
  private final RouterVitals vitals;
  private final AdminServer admin;
  private final Optional<Profile> profile;
  private final Optional<AccessLog> accessLog;
  private final ProxyListeners proxies;
  private final Anycast anycast;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  /**
   * Builds everything and opens nothing.
   *
   * @throws io.tagway.registry.StartFailure if the registry cannot be made of these settings
   * @throws io.tagway.bgp.BgpRefused if addresses cannot be announced as they say
   */
  App(Loaded.Start loaded, LogOutput log) {
    this.settings = loaded.settings();
    this.log = log;
    this.manager = ServiceManager.at(System.getenv().getOrDefault("NOTIFY_SOCKET", ""));
    LOG.log(INFO, "Setting log level to " + settings.log().level());
    setLogLevel();
    LOG.log(INFO, "Runtime config " + loaded.dump());
    LOG.log(INFO, "Version " + Version.text() + " starting");
    LOG.log(INFO, "Java runtime is " + Version.runtime());
    loaded.warnings().forEach(warning -> LOG.log(WARNING, warning));
    RootWarning.text(settings.lifecycle().insecure()).ifPresent(text -> LOG.log(WARNING, text));

    this.profile =
        Profile.start(settings.lifecycle().profileMode(), settings.lifecycle().profilePath());
    Transports.Choice transport =
        Transports.choose(System.getenv().getOrDefault("TAGWAY_TRANSPORT", ""));
    LOG.log(transport.asWished() ? INFO : WARNING, transport.text());
    int loops = loops();
    // One loop more than those that serve requests, so that a large page of the UI delays nobody.
    this.vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(loops + 1))
            .withTransport(sockets(transport.transport()))
            .build();
    this.metrics =
        Metrics.of(settings.metrics(), HostName.ofMachine(), PROGRAM, App::writeToConsole);
    this.registry = Registries.of(vertx, settings, tableOptions(), new Outbound(System.getenv()));
    registry.onSwap(metrics.routes()::swapped);
    this.tls = new TlsServers(vertx, registry.table(), System.getenv());
    this.anycast = new Anycast(vertx, settings.bgp());
    RouterMeters.add(metrics.meters(), registry, tls, InstantSource.system());
    this.vitals =
        new RouterVitals(
            LoopLag.watch(((VertxInternal) vertx).nettyEventLoopGroup(), metrics.meters()), tls);
    AdminHandler pages =
        new AdminHandler(
            vertx,
            settings.ui(),
            settings.routing(),
            registry,
            new Insight(anycast::status, Resolved::stats, this::vitals),
            loaded::dump,
            log,
            Version.text(),
            InstantSource.system(),
            new DryRun(settings.http(), registry.table()));
    HttpServers servers = new HttpServers(vertx, metrics.meters());
    this.admin = new AdminServer(vertx, servers, settings, tls, pages, metrics);
    this.accessLog = accessLog(settings.log());
    Observer lines = accessLog.<Observer>map(it -> it).orElse(NONE);
    this.proxies =
        new ProxyListeners(vertx, servers, settings, registry, tls, metrics, loops, lines);
  }

  /**
   * Runs until a signal or a failure.
   *
   * @return the exit status
   */
  int run() {
    handleSignals();
    var unused = start().onFailure(this::fail);
    int status = ended.join();
    // Here, so that it is done as well after a second signal, or when the stop did not end.
    accessLog.ifPresent(AccessLog::close);
    profile.ifPresent(Profile::write);
    return status;
  }

  private Future<Void> start() {
    metrics.start();
    return proxies
        .prepare()
        .compose(prepared -> admin.open())
        .compose(
            port -> {
              LOG.log(INFO, "Waiting for first routing table");
              return registry
                  .start()
                  .compose(table -> openProxies())
                  .compose(opened -> anycast.announce())
                  .compose(opened -> registry.registration().start(port))
                  .compose(registered -> blocking(manager::ready));
            });
  }

  private Vitals vitals() {
    return vitals.with(
        Stream.concat(proxies.listening().stream(), Stream.of(admin.listening())).toList());
  }

  private Transport sockets(Transport transport) {
    if (!settings.lifecycle().reusePort()) {
      return transport;
    }
    if (!SharedPorts.workOn(transport)) {
      LOG.log(WARNING, "proxy.reuseport has no effect: no SO_REUSEPORT with " + transport.name());
      return transport;
    }
    return SharedPorts.on(transport);
  }

  private static Optional<AccessLog> accessLog(Settings.Log log) {
    return log.accessTarget().isEmpty()
        ? Optional.empty()
        : Optional.of(AccessLog.open(log.accessFormat(), System.out, InstantSource.system()));
  }

  private Future<Void> openProxies() {
    LOG.log(
        INFO,
        accessLog.isPresent()
            ? "Writing access log to " + settings.log().accessTarget()
            : "Access logging disabled");
    LOG.log(INFO, "Using routing strategy \"" + word(settings.routing().strategy()) + '"');
    LOG.log(INFO, "Using route matching \"" + word(settings.routing().matcher()) + '"');
    return proxies.open();
  }

  /** Ends the process with status 1, after the same steps as a stop. */
  private void fail(Throwable cause) {
    // What a stop breaks off is no failure.
    if (!stopping.get()) {
      log.fatal(String.valueOf(cause.getMessage()));
      stop(1);
    }
  }

  private void stop(int status) {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    Duration grace = atLeastZero(settings.lifecycle().deregisterGracePeriod());
    Duration wait = atLeastZero(settings.lifecycle().shutdownWait());
    endWithin(grace.plus(wait).plus(WITHDRAW_LIMIT).plus(FAREWELL_LIMIT).plus(CLOSE_LIMIT), status);
    var unused =
        Future.join(anycast.withdraw(), registry.registration().stop(WITHDRAW_LIMIT), giveWay())
            .transform(withdrawn -> pause(grace))
            .transform(paused -> drain(wait))
            .transform(drained -> anycast.stop(FAREWELL_LIMIT))
            .transform(gone -> Future.join(tls.close(), registry.close()))
            .transform(closed -> turnOfEachLoop())
            .transform(told -> vertx.close())
            .onComplete(
                done -> {
                  metrics.close();
                  profile.ifPresent(Profile::write);
                  LOG.log(INFO, "Down");
                  ended.complete(status);
                });
  }

  /** What is below zero is as none: an option may say so. */
  private static Duration atLeastZero(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }

  /**
   * Ends a stop that cannot go on. One needs classes that were not needed before: if somebody wrote
   * over the jar meanwhile there are none.
   */
  private void endWithin(Duration limit, int status) {
    var unused =
        new CompletableFuture<>()
            .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
            .thenRun(
                () -> {
                  if (!ended.isDone()) {
                    LOG.log(WARNING, "The stop does not come to its end. Ending at once");
                    ended.complete(status);
                  }
                });
  }

  /**
   * A connection is closed before its loop tells of it, and who is told may have a thread that ends
   * with Vert.x.
   */
  private Future<Void> turnOfEachLoop() {
    List<Future<Void>> turns = new ArrayList<>();
    for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      Promise<Void> turn = Promise.promise();
      loop.execute(turn::complete);
      turns.add(turn.future());
    }
    return Future.join(turns).mapEmpty();
  }

  /** From now on load balancers are told to go elsewhere, and new clients do so if they can. */
  private Future<Void> giveWay() {
    admin.leave();
    return blocking(
        () -> {
          manager.stopping();
          admin.giveWay();
          proxies.giveWay();
        });
  }

  private Future<Void> blocking(Runnable work) {
    return vertx.executeBlocking(
        () -> {
          work.run();
          return null;
        });
  }

  private Future<Void> pause(Duration time) {
    return time.isZero()
        ? Future.succeededFuture()
        : vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }

  private Future<Void> drain(Duration limit) {
    return Future.join(admin.drain(limit), proxies.drain(limit)).mapEmpty();
  }

  private void handleSignals() {
    for (String name : List.of("INT", "TERM")) {
      Signals.handle(
          name,
          signal -> {
            if (stopping.get()) {
              LOG.log(WARNING, "Caught SIG" + signal + " again. Ending at once");
              ended.complete(0);
            } else {
              LOG.log(INFO, "Caught SIG" + signal + ". Exiting");
              stop(0);
            }
          });
    }
    Signals.handle("HUP", signal -> LOG.log(INFO, "Caught SIGHUP. Ignoring"));
    // Else the first would end the process, and the second bring it down; the machine's own use of
    // that one is to look at threads for the Flight Recorder.
    Signals.handle("USR1", signal -> {});
    if (profile.isEmpty()) {
      Signals.handle("USR2", signal -> {});
    }
  }

  private void setLogLevel() {
    LogLevel.named(settings.log().level()).ifPresent(log::setLevel);
  }

  /** Event loops that serve requests: runtime.gomaxprocs if set, else one for each processor. */
  private int loops() {
    long wished = settings.lifecycle().gomaxprocs();
    return wished > 0
        ? (int) Math.min(wished, 1024)
        : Math.max(1, Runtime.getRuntime().availableProcessors());
  }

  private Table.Options tableOptions() {
    Settings.Routing routing = settings.routing();
    return new Table.Options(
        routing.matcher(), routing.strategy(), routing.hostGlobs(), this::resolve);
  }

  private Resolved resolve(Target target) {
    return new Resolved(metrics.routes().of(target), UpstreamKey.attach(target));
  }

  private static void writeToConsole(String lines) {
    System.out.print(lines);
    System.out.flush();
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
