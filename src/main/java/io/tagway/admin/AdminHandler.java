package io.tagway.admin;

import static java.lang.System.Logger.Level.ERROR;

import io.tagway.config.Settings;
import io.tagway.proxy.Rehearsal;
import io.tagway.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Everything that {@code ui.addr} answers. One instance may serve any number of listeners on any
 * event loop.
 *
 * <p>Paths are below {@code ui.path}, but for {@code /health}:
 *
 * <pre>
 * /health                    liveness: 200 whenever the process answers, 503 while it stops
 * /routes, ...               the page with its views
 * /assets/FILE               its files
 * /api/routes[?raw]          the table for scripts
 * /api/manual[/KEY]          GET, PUT: manual commands (ui.access=rw)
 * /api/paths                 keys of manual commands (ui.access=rw)
 * /api/token                 what a browser has to send along with PUT (ui.access=rw)
 * /api/preview               POST: what other manual commands would change (ui.access=rw)
 * /api/history[?since=ID]    the last changes of the table and the problems found
 * /api/config, /api/version  what runs
 * /api/table, /api/events    the table for the page, and what changes of it
 * /api/absent                routes of instances that are not well
 * /api/health                how the router is
 * /api/try?url=URL           what would become of a request
 * /api/status                state of the registry, all problems, BGP peers
 * anything else              303 to /routes
 * </pre>
 */
public final class AdminHandler implements Handler<HttpServerRequest> {
  private static final System.Logger LOG = System.getLogger(AdminHandler.class.getName());
  private static final String NOT_FOUND = "404 page not found";

  /** One path of the API. */
  private interface Endpoint {
    /**
     * @param pretty whether the query asks for JSON that people can read
     */
    Future<Reply> answer(HttpServerRequest request, boolean pretty);
  }

  private final Vertx vertx;
  private final String base;
  private final boolean readOnly;
  private final StatusReport status;
  private final LiveTable live;
  private final ManualApi manual;
  private final History history;
  private final Assets assets;
  private final Gate gate;
  private final Map<String, Endpoint> endpoints = new HashMap<>();
  private volatile boolean leaving;

  /**
   * @param routing how manual commands will be read, so that they can be checked before
   * @param insight how the rest of the router is
   * @param configJson the settings as indented JSON, secrets masked
   * @param log what {@code /api/log} changes
   * @param version what {@code /api/version} answers
   * @param clock gives ages of what the registry said
   * @param rehearsal what would become of a request
   */
  public AdminHandler(
      Vertx vertx,
      Settings.Ui ui,
      Settings.Routing routing,
      Registry registry,
      Insight insight,
      Supplier<String> configJson,
      LogControl log,
      String version,
      InstantSource clock,
      Rehearsal rehearsal) {
    this.vertx = vertx;
    this.base = base(ui.path());
    this.readOnly = ui.readOnly();
    this.status = new StatusReport(registry, insight.anycast(), clock);
    this.live = new LiveTable(vertx, registry, status, insight.stats());
    this.gate = new Gate(vertx, ui.login());
    this.assets = new Assets(base, PageSettings.json(ui, routing, version));
    this.history =
        new History(
            vertx,
            registry,
            clock,
            number -> live.announce("history", "{\"version\":" + number + "}"));
    WriteGuard guard = new WriteGuard(gate, new KnownHosts(ui.hosts()));
    OverrideCheck check = new OverrideCheck(routing);
    this.manual = new ManualApi(registry.overrides(), check, guard);
    HealthReport health = new HealthReport(registry, status, insight, version, clock);

    endpoints.put("/favicon.ico", (request, pretty) -> ready(Reply.error(404, NOT_FOUND)));
    endpoints.put("/api/version", (request, pretty) -> ready(Reply.text(version)));
    endpoints.put(
        "/api/config",
        (request, pretty) -> ready(Reply.json(GoJson.compact(configJson.get()), pretty)));
    endpoints.put(
        "/api/status",
        (request, pretty) -> ready(Reply.json(status.whole(live.snapshot()), pretty)));
    endpoints.put("/api/absent", worker(status::absent));
    endpoints.put("/api/health", worker(() -> health.json(live.snapshot())));
    Endpoint flat = worker(() -> TableJson.flat(registry.table().get(), insight.stats()));
    endpoints.put(
        "/api/routes",
        (request, pretty) ->
            asks(request, "raw")
                ? ready(Reply.commands(registry.table().get().text() + "\n"))
                : flat.answer(request, pretty));
    TableReply table = new TableReply(vertx, live);
    endpoints.put("/api/table", (request, pretty) -> table.answer(request));
    endpoints.put("/api/events", (request, pretty) -> ready(Reply.notAllowed("GET")));
    endpoints.put("/api/try", new TryApi(vertx, rehearsal)::answer);
    endpoints.put("/api/log", new LogApi(log, guard, readOnly)::answer);
    HistoryApi changes = new HistoryApi(history, clock.instant());
    endpoints.put("/api/history", (request, pretty) -> ready(changes.answer(request, pretty)));
    endpoints.put("/api/preview", writer(new Preview(vertx, registry, check, guard)::answer));
    endpoints.put("/api/token", writer(guard::token));
    endpoints.put("/api/paths", writer(manual::paths));
  }

  /** JSON that is put together off the event loops. */
  private Endpoint worker(Callable<String> json) {
    return (request, pretty) -> vertx.executeBlocking(() -> Reply.json(json.call(), pretty), false);
  }

  /** For those who may write. */
  private Endpoint writer(Endpoint endpoint) {
    return readOnly ? (request, pretty) -> forbidden() : endpoint;
  }

  /** No slash at the end; one at the start even if it was forgotten. */
  private static String base(String path) {
    String trimmed = path.replaceAll("/+$", "");
    return trimmed.isEmpty() || trimmed.startsWith("/") ? trimmed : "/" + trimmed;
  }

  /** Gets ready; fails with a text fit for the log if the passwords cannot be read. */
  public Future<Void> open() {
    return gate.open();
  }

  /** Answers, once the client has logged in where {@code ui.auth} asks for it. */
  @Override
  public void handle(HttpServerRequest request) {
    guarded(request, this::admitted);
  }

  /** Hands a request for something else on this port on, once the client has logged in. */
  public void guarded(HttpServerRequest request, Handler<HttpServerRequest> next) {
    gate.admit(request, next);
  }

  private void admitted(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    if (path.equals(base + "/api/events") && request.method().equals(HttpMethod.GET)) {
      live.subscribe(request);
      return;
    }
    answer(request, path)
        .recover(failure -> Future.succeededFuture(broken(path, failure)))
        .onSuccess(reply -> reply.send(request));
  }

  /** From now on {@code /health} fails, so that load balancers go elsewhere; any thread. */
  public void leave() {
    leaving = true;
  }

  /** Ends the event streams of open pages; call it before the listener is told to drain. */
  public Future<Void> close() {
    history.close();
    return live.close().eventually(gate::close);
  }

  private static Reply broken(String path, Throwable failure) {
    LOG.log(ERROR, "cannot answer " + path, failure);
    return Reply.error(500, "internal error, see the log");
  }

  private Future<Reply> answer(HttpServerRequest request, String path) {
    if (path.equals("/health")) {
      return ready(leaving ? Reply.error(503, "stopping") : Reply.text(status.health()));
    }
    String clean = CleanPath.of(path);
    if (!clean.equals(path)) {
      String query = request.query() == null ? "" : "?" + request.query();
      return ready(Reply.redirect(301, clean + query));
    }
    if (!path.startsWith(base + "/")) {
      return ready(
          path.equals(base) && !base.isEmpty()
              ? Reply.redirect(301, base + "/")
              : Reply.error(404, NOT_FOUND));
    }
    return below(request, path.substring(base.length()));
  }

  private Future<Reply> below(HttpServerRequest request, String path) {
    boolean pretty = asks(request, "pretty");
    Endpoint endpoint = endpoints.get(path);
    if (endpoint != null) {
      return endpoint.answer(request, pretty);
    }
    if (path.startsWith("/assets/")) {
      return ready(assets.file(request, path.substring("/assets/".length())));
    }
    if (path.equals("/api/manual") || path.startsWith("/api/manual/")) {
      return readOnly
          ? forbidden()
          : manual.text(request, path.substring("/api/manual".length()), pretty);
    }
    if (readOnly && (path.equals("/manual") || path.startsWith("/manual/"))) {
      return forbidden();
    }
    return ready(
        Assets.isView(path) ? assets.page(request) : Reply.redirect(303, base + "/routes"));
  }

  private static Future<Reply> forbidden() {
    return ready(Reply.error(403, "Forbidden"));
  }

  private static Future<Reply> ready(Reply reply) {
    return Future.succeededFuture(reply);
  }

  /** Whether the query names this, with or without a value. */
  private static boolean asks(HttpServerRequest request, String name) {
    return request.query() != null
        && Arrays.stream(request.query().split("&"))
            .anyMatch(part -> part.equals(name) || part.startsWith(name + "="));
  }
}
