package io.tagway.chaos;

import io.tagway.testkit.Eventually;
import io.tagway.testkit.Jcmd;
import io.tagway.testkit.Load;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.UpstreamProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Changes the table again and again while the router is asked, and looks at what is left of that: a
 * route service gives a different answer each time, with new services, hosts and targets in it.
 */
public final class RouteChurn implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int MOVING_ROUTES = 20;

  /**
   * What the router holds, when garbage is collected and nobody asks it.
   *
   * @param heapKib of the heap in use
   * @param directKib outside the heap, by the JVM's own accounting
   * @param series lines of the page for Prometheus
   * @param strays those of them that name a service which is not in the table
   * @param kept those that name the service whose target changed, which is in the table
   * @param descriptors open files and sockets
   * @param routes lines of the table
   */
  public record State(
      long heapKib,
      long directKib,
      long series,
      long strays,
      long kept,
      long descriptors,
      long routes) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "heap %.1f MiB, direct %.1f MiB, %d series (%d of services that are gone), %d"
              + " descriptors, %d routes",
          heapKib / 1024.0,
          directKib / 1024.0,
          series,
          strays,
          descriptors,
          routes);
    }
  }

  /**
   * What was seen.
   *
   * @param failures of requests to routes that stay and to one whose target changes each time
   */
  public record Result(
      long changes, long requests, Map<String, Long> failures, State before, State after) {
    @Override
    public String toString() {
      return "%d changes of the table under %d GETs, failed: %s%nbefore: %s%nafter:  %s"
          .formatted(changes, requests, failures, before, after);
    }
  }

  private final Vertx vertx = Vertx.vertx();

  /** One connection for each port, which is open each time descriptors are counted. */
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final List<UpstreamProcess> targets = new ArrayList<>();
  private final AtomicLong asked = new AtomicLong();
  private final HttpServer service;
  private final TagwayProcess tagway;
  private volatile boolean moving;

  /** Starts the route service, three targets and the router. */
  public RouteChurn() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      targets.add(UpstreamProcess.start(name));
    }
    service =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    tagway =
        TagwayProcess.start(
            List.of(TagwayProcess.LAUNCHER_FLAGS, "-XX:NativeMemoryTracking=summary"),
            List.of(
                "-registry.backend=custom",
                "-registry.custom.scheme=http",
                "-registry.custom.host=127.0.0.1:" + service.actualPort(),
                "-registry.custom.pollinterval=1ms",
                "-proxy.idleconntimeout=1s",
                "-metrics.target=prometheus",
                "-log.routes.format=delta",
                "-ui.access=rw",
                "-proxy.addr=127.0.0.1:0",
                "-ui.addr=127.0.0.1:0"),
            Map.of());
  }

  /** Prints the figures for as many changes as the first argument says (10,000). */
  public static void main(String[] args) throws Exception {
    int changes = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    try (RouteChurn churn = new RouteChurn()) {
      System.out.println(churn.run(changes, 500));
    }
    System.exit(0);
  }

  private void answer(HttpServerRequest request) {
    long number = moving ? asked.incrementAndGet() : 0;
    JsonArray routes = new JsonArray().add(route("stays", "/", targets.get(0)));
    // The target of this one is another each time, so that its connections are given up.
    routes.add(route("shop-" + number % 3, "/moving", targets.get((int) (number % 3))));
    for (int i = 0; moving && i < MOVING_ROUTES; i++) {
      String name = "service-" + number + "-" + i;
      routes.add(route(name, name + ".test/", targets.get(i % 3)));
    }
    if (moving) {
      request.response().end(routes.encode());
    } else {
      vertx.setTimer(50, late -> request.response().end(routes.encode()));
    }
  }

  private static JsonObject route(String service, String source, UpstreamProcess target) {
    return new JsonObject()
        .put("cmd", "route add")
        .put("service", service)
        .put("src", source)
        .put("dst", "http://127.0.0.1:" + target.port() + "/");
  }

  /**
   * Warms up with a tenth of the changes, notes the state, makes the changes and notes it again.
   *
   * @param perSecond GETs a second, half of them to the route whose target changes
   */
  public Result run(int changes, int perSecond) throws Exception {
    change(Math.max(100, changes / 10), perSecond);
    // The first command has the JVM open a socket for those to come.
    new Jcmd(tagway.pid()).collect();
    State before = state();
    Load[] loads = change(changes, perSecond);
    State after = state();
    return new Result(
        changes,
        loads[0].sent() + loads[1].sent(),
        Map.of(
            "stays", loads[0].failures().values().stream().mapToLong(Long::longValue).sum(),
            "moves", loads[1].failures().values().stream().mapToLong(Long::longValue).sum()),
        before,
        after);
  }

  private Load[] change(int changes, int perSecond) {
    int port = tagway.proxyPort();
    quieten();
    try (Load staying = new Load(port, "/", perSecond / 2, 16);
        Load changing = new Load(port, "/moving", perSecond / 2, 16)) {
      long enough = asked.get() + changes;
      moving = true;
      Eventually.within(LIMIT).await(changes + " changes", () -> asked.get() >= enough);
      moving = false;
      staying.finish();
      changing.finish();
      return new Load[] {staying, changing};
    }
  }

  /** Each line of each change would else be kept by the test. */
  private void quieten() {
    URI uri = URI.create("http://127.0.0.1:" + tagway.adminPort() + "/api/log");
    try {
      http.send(
          HttpRequest.newBuilder(uri)
              .PUT(HttpRequest.BodyPublishers.ofString("{\"level\":\"WARN\"}"))
              .build(),
          BodyHandlers.discarding());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** When the table is the first again and connections to targets are closed. */
  private State state() throws Exception {
    Eventually.within(LIMIT)
        .await("the first table is back", () -> lines("/api/routes?raw").size() == 2);
    // A service that was not asked since it is back shows no numbers.
    get("http://127.0.0.1:" + tagway.proxyPort() + "/moving");
    // Idle connections to targets go by themselves; what asks the route service comes and goes.
    long quiet = System.nanoTime() + Duration.ofSeconds(6).toNanos();
    long[] least = {Long.MAX_VALUE};
    Eventually.within(LIMIT)
        .await(
            "a quiet time",
            () -> {
              least[0] = Math.min(least[0], descriptors());
              return System.nanoTime() > quiet;
            });
    Jcmd jcmd = new Jcmd(tagway.pid());
    jcmd.collect();
    return new State(
        jcmd.heapKib(),
        jcmd.otherKib(),
        lines("/metrics").size(),
        lines("/metrics").stream().filter(RouteChurn::isStray).count(),
        lines("/metrics").stream().filter(line -> line.contains("\"shop-0\"")).count(),
        least[0],
        lines("/api/routes?raw").size());
  }

  private long descriptors() {
    try {
      return tagway.descriptors();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isStray(String line) {
    return line.contains("\"service-")
        || line.contains("\"shop-1\"")
        || line.contains("\"shop-2\"");
  }

  private List<String> lines(String path) {
    return get("http://127.0.0.1:" + tagway.adminPort() + path)
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private String get(String url) {
    try {
      return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    tagway.close();
    targets.forEach(UpstreamProcess::close);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
