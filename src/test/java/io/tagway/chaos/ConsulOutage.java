package io.tagway.chaos;

import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.Eventually;
import io.tagway.testkit.Load;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.UpstreamProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Kills Consul under load, starts it again and changes services before anybody else can. */
public final class ConsulOutage {
  private ConsulOutage() {}

  /**
   * What was seen.
   *
   * @param health what /health said while Consul was away
   * @param status what /api/status said then
   * @param table the routes in the end
   * @param log what the router logged
   */
  public record Result(
      Duration away,
      long requests,
      Map<String, Long> failures,
      String health,
      String status,
      String table,
      String log) {
    @Override
    public String toString() {
      return """
      Consul away for %d s: %d GETs, failed: %s
      /health:     %s
      /api/status: %s
      the table afterwards:
      %s\
      """
          .formatted(
              away.toSeconds(),
              requests,
              failures,
              health.strip().replace('\n', ' '),
              status,
              table);
    }
  }

  /** Prints what an outage of as many seconds as the first argument says (60) does. */
  public static void main(String[] args) throws Exception {
    System.out.println(run(Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : 60)));
    System.exit(0);
  }

  /**
   * Services stays, goes and comes: the first is asked all the time, the second leaves and the
   * third arrives right after the outage.
   */
  public static Result run(Duration away) throws IOException {
    Path data = Files.createTempDirectory("consul");
    try (ConsulProcess consul = ConsulProcess.server(data);
        UpstreamProcess upstream = UpstreamProcess.start("stays")) {
      register(consul, "stays", upstream.port());
      register(consul, "goes", upstream.port());
      try (TagwayProcess tagway = TagwayProcess.launch(consul)) {
        int admin = tagway.adminPort();
        Eventually.within(Duration.ofSeconds(10))
            .await("both routes", () -> routes(admin).lines().count() == 2);
        return outage(away, consul, upstream, tagway);
      }
    }
  }

  private static Result outage(
      Duration away, ConsulProcess consul, UpstreamProcess upstream, TagwayProcess tagway) {
    int admin = tagway.adminPort();
    try (Load load = new Load(tagway.proxyPort(), "/stays", 500, 32)) {
      Eventually.within(Duration.ofSeconds(10)).await("load", () -> load.sent() > 100);
      consul.kill();
      long end = System.nanoTime() + away.toNanos();
      Eventually.within(Duration.ofSeconds(10))
          .await("/health tells", () -> get(admin, "/health").contains("stale"));
      for (long left = 1; left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      String health = get(admin, "/health");
      String status = get(admin, "/api/status");
      consul.start();
      consul.deregister("goes");
      register(consul, "comes", upstream.port());
      Eventually.within(Duration.ofSeconds(90))
          .await(
              "the table is right again",
              () -> {
                String routes = routes(admin);
                return routes.contains(" /stays ")
                    && routes.contains(" /comes ")
                    && !routes.contains(" /goes ")
                    && get(admin, "/health").equals("OK\n");
              });
      load.finish();
      return new Result(
          away, load.sent(), load.failures(), health, status, routes(admin), tagway.log());
    }
  }

  /** With a check that Consul makes itself, so that it knows again after it was away. */
  private static void register(ConsulProcess consul, String name, int port) {
    consul.register(
        new JsonObject()
            .put("ID", name)
            .put("Name", name)
            .put("Port", port)
            .put("Tags", new JsonArray().add("urlprefix-/" + name))
            .put(
                "Check",
                new JsonObject()
                    .put("HTTP", "http://127.0.0.1:" + port + "/")
                    .put("Interval", "1s")
                    .put("Status", "passing")));
  }

  private static String routes(int admin) {
    return get(admin, "/api/routes?raw").strip();
  }

  private static String get(int port, String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "(" + e + ")";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "(" + e + ")";
    }
  }
}
