package io.tagway.registry;

import io.tagway.config.Settings;
import io.tagway.consul.Timers;
import io.tagway.route.Parsed;
import io.tagway.route.Problem;
import io.tagway.route.Table;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A registry around a source: first contact with its time limit, the table, the status, observers.
 *
 * <p>The source and the updater live on one worker thread of their own. Observers of swaps are
 * called there, those of the status on one event loop, in order.
 */
final class SourceRegistry implements Registry, Source.Feed {
  private static final System.Logger LOG = System.getLogger(SourceRegistry.class.getName());

  /** How long a stop waits for the first question to end. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private static final String POOL = "tagway-registry";

  private final Vertx vertx;
  private final Source source;
  private final Duration timeout;
  private final Duration retry;
  private final Timers timers;
  private final Context observerLoop;
  private final TableUpdater updater;
  private final StatusBoard board;
  private final AbsentBoard absent = new AbsentBoard();
  private final Promise<Void> firstTable = Promise.promise();
  private final List<BiConsumer<Table, Table>> swapObservers = new CopyOnWriteArrayList<>();
  private final List<Runnable> statusObservers = new CopyOnWriteArrayList<>();
  private volatile String noRouteHtml = "";

  /**
   * Keeps the thread until Vert.x closes: an answer that comes in while its connection is being
   * closed must still find it, or Vert.x complains. Held here, as Vert.x closes an executor that
   * nobody holds when garbage is collected, and the thread goes with the deployment then.
   */
  @SuppressWarnings("UnusedVariable")
  private final WorkerExecutor thread;

  private volatile boolean closed;
  private volatile Future<Void> attempt = Future.succeededFuture();
  private volatile Future<String> deployment =
      Future.failedFuture(new StartFailure("Not started."));

  SourceRegistry(
      Vertx vertx,
      Source source,
      Settings settings,
      Table.Options options,
      Consumer<Set<String>> aliases) {
    this.vertx = vertx;
    this.source = source;
    this.timeout = settings.registry().timeout();
    this.retry = settings.registry().retry();
    this.timers = Timers.of(vertx);
    this.thread = vertx.createSharedWorkerExecutor(POOL, 1);
    this.observerLoop = vertx.getOrCreateContext();
    this.board =
        new StatusBoard(
            source.backend(),
            Clock.systemUTC(),
            () -> observerLoop.runOnContext(x -> statusObservers.forEach(Runnable::run)));
    this.updater =
        new TableUpdater(
            options, new RouteLog(settings.log().routesFormat()), this::swapped, aliases);
  }

  @Override
  public Future<Void> start() {
    VerticleBase shell =
        new VerticleBase() {
          @Override
          public Future<?> start() {
            connect(timers.nanos());
            return firstTable.future();
          }

          @Override
          public Future<?> stop() {
            return source.close();
          }
        };
    DeploymentOptions ownThread =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName(POOL)
            .setWorkerPoolSize(1);
    deployment = vertx.deployVerticle(shell, ownThread);
    return deployment
        .onFailure(
            cause -> {
              closed = true;
              source.close();
            })
        .mapEmpty();
  }

  private void connect(long since) {
    // Told before closed is asked, so that close() either waits for this attempt or prevents it.
    Promise<Void> over = Promise.promise();
    attempt = over.future();
    if (closed) {
      over.complete();
      return;
    }
    source
        .connect()
        .onComplete(
            connected -> {
              over.complete();
              if (!closed) {
                source.run(this, board);
              }
            },
            cause -> {
              over.complete();
              if (!closed) {
                failed(since, cause);
              }
            });
  }

  private void failed(long since, Throwable cause) {
    LOG.log(System.Logger.Level.WARNING, "Error initializing backend. " + FailureText.of(cause));
    if (timers.nanos() - since >= timeout.toNanos()) {
      firstTable.tryFail(new StartFailure("Timeout registering backend."));
    } else {
      timers.after(retry, () -> connect(since));
    }
  }

  @Override
  public Future<Void> close() {
    closed = true;
    return attemptOver()
        .transform(
            over -> {
              firstTable.tryFail(new StartFailure("Stopped before the first routing table."));
              return deployment.transform(
                  started ->
                      started.succeeded()
                          ? vertx.undeploy(started.result())
                          : Future.succeededFuture());
            });
  }

  /**
   * A question that is under way is ended, and must find its thread when it says so. Nothing else
   * of the source has begun by then.
   */
  private Future<?> attemptOver() {
    Future<Void> asked = attempt;
    return asked.isComplete()
        ? asked
        : source
            .close()
            .transform(
                ended ->
                    Future.any(asked, vertx.timer(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)));
  }

  @Override
  public Supplier<Table> table() {
    return updater::table;
  }

  @Override
  public Supplier<String> noRouteHtml() {
    return () -> noRouteHtml;
  }

  @Override
  public RegistryStatus status() {
    return board.status();
  }

  @Override
  public List<Problem> problems() {
    return updater.problems();
  }

  @Override
  public List<Absent> absent() {
    return absent.all();
  }

  @Override
  public List<Fault> faults() {
    return board.faults();
  }

  @Override
  public Overrides overrides() {
    return source.overrides();
  }

  @Override
  public Registration registration() {
    return source.registration();
  }

  @Override
  public RegistryTraffic traffic() {
    return source.traffic();
  }

  @Override
  public void onSwap(BiConsumer<Table, Table> observer) {
    swapObservers.add(observer);
  }

  @Override
  public void onStatus(Runnable observer) {
    statusObservers.add(observer);
  }

  @Override
  public void services(Map<String, Parsed> changed) {
    updater.services(changed);
  }

  @Override
  public void absent(Map<String, List<Absent>> changed) {
    absent.take(changed);
  }

  @Override
  public void manual(Parsed manual) {
    updater.manual(manual);
  }

  @Override
  public void noRouteHtml(String html) {
    if (html.equals(noRouteHtml)) {
      return;
    }
    noRouteHtml = html;
    LOG.log(
        System.Logger.Level.INFO,
        html.isEmpty()
            ? "Unset noroute HTML"
            : "Set noroute HTML (" + html.getBytes(StandardCharsets.UTF_8).length + " bytes)");
  }

  private void swapped(Table before, Table after) {
    board.tableBuilt();
    swapObservers.forEach(observer -> observer.accept(before, after));
    firstTable.tryComplete();
  }
}
