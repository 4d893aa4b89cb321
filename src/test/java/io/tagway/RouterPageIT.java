package io.tagway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.tagway.testkit.Eventually;
import io.tagway.testkit.TagwayProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page is told by the packed router, with requests that really happen. */
@Timeout(120)
class RouterPageIT {
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer upstream;
  private TagwayProcess tagway;

  @BeforeEach
  void start() throws IOException {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          boolean bad = exchange.getRequestURI().getPath().endsWith("/bad");
          exchange.sendResponseHeaders(bad ? 503 : 200, -1);
          exchange.close();
        });
    upstream.start();
    String target = "http://127.0.0.1:" + upstream.getAddress().getPort() + "/";
    tagway =
        TagwayProcess.start(
            List.of(
                "-registry.backend=static",
                "-registry.static.routes=route add quiet /quiet http://127.0.0.1:9/\n"
                    + "route add busy /busy "
                    + target,
                "-proxy.addr=127.0.0.1:0,127.0.0.1:0;proto=tcp-dynamic;refresh=1s",
                "-ui.addr=127.0.0.1:0",
                "-insecure"));
  }

  @AfterEach
  void end() {
    tagway.close();
    upstream.stop(0);
  }

  private int status(int port, String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void anOpenPageIsToldOfRequestsErrorsAndStatuses() throws Exception {
    int proxy = tagway.proxyPort();
    AtomicBoolean told = new AtomicBoolean();
    Thread clients =
        new Thread(
            () -> {
              try {
                while (!told.get()) {
                  assertEquals(200, status(proxy, "/busy"));
                  assertEquals(503, status(proxy, "/busy/bad"));
                }
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    try (Socket page = new Socket(InetAddress.getLoopbackAddress(), tagway.adminPort())) {
      page.setSoTimeout(30_000);
      page.getOutputStream()
          .write("GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      BufferedReader events =
          new BufferedReader(new InputStreamReader(page.getInputStream(), StandardCharsets.UTF_8));
      clients.start();
      JsonArray busy = numbers(events);
      assertTrue(busy.getDouble(1) > busy.getDouble(2), busy.encode());
      assertTrue(busy.getDouble(2) > 0, busy.encode());
      assertTrue(busy.getLong(5) >= 1, "open connections: " + busy.encode());
      assertEquals(new JsonArray("[200,503]"), busy.getJsonArray(6));
    } finally {
      told.set(true);
      clients.join();
    }
  }

  /** The first numbers that have rates and quantiles; only one target may have traffic. */
  private static JsonArray numbers(BufferedReader events) throws IOException {
    String line = events.readLine();
    while (true) {
      if (line.startsWith("event: numbers")) {
        JsonObject data = new JsonObject(events.readLine().substring("data: ".length()));
        JsonArray targets = data.getJsonArray("targets");
        assertTrue(targets.size() <= 1, data.encode());
        if (!targets.isEmpty()) {
          JsonArray target = targets.getJsonArray(0);
          // In the order of the table paths descend: /quiet is the first.
          assertEquals(1, target.getInteger(0));
          if (target.getDouble(2) > 0 && target.getDouble(4) > 0) {
            return target;
          }
        }
      }
      line = events.readLine();
    }
  }

  @Test
  void healthTellsOfThisProcess() throws Exception {
    int proxy = tagway.proxyPort();
    URI address = URI.create("http://127.0.0.1:" + tagway.adminPort() + "/api/health");
    Eventually.soon(
        "both listeners are open",
        () ->
            ask(address).getJsonArray("listeners").stream()
                .allMatch(one -> ((JsonObject) one).getBoolean("open")));
    JsonObject health = ask(address);
    JsonArray listeners = health.getJsonArray("listeners");
    assertEquals(3, listeners.size());
    assertEquals("127.0.0.1:" + proxy, listeners.getJsonObject(0).getString("address"));
    assertEquals("tcp-dynamic", listeners.getJsonObject(1).getString("protocol"));
    assertEquals("ui", listeners.getJsonObject(2).getString("role"));
    assertEquals("static", health.getJsonObject("registry").getString("backend"));
    assertEquals(2, health.getJsonObject("registry").getInteger("targets"));
    assertEquals(Version.text(), health.getJsonObject("router").getString("version"));
    assertTrue(health.getJsonArray("loopLagSeconds").size() >= 2, health.encode());
    JsonObject memory = health.getJsonObject("memory");
    assertTrue(memory.getLong("heapBytes") > 1 << 20, memory.encode());
    assertTrue(memory.getLong("residentBytes") > memory.getLong("directBytes"), memory.encode());
    assertTrue(memory.getLong("directBytes") > 0, memory.encode());
  }

  private JsonObject ask(URI address) {
    try {
      return new JsonObject(
          http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
