package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.route.Line;
import io.tagway.route.Origin;
import io.tagway.route.Problem;
import io.tagway.route.Table;
import io.tagway.testkit.Eventually;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryIT {
  private final AdminServer server = AdminServer.start(Tables.ofSize(200));

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonObject history(String query) {
    try {
      return new JsonObject(server.ask("GET", "/api/history" + query).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonArray changes() {
    return history("").getJsonArray("changes");
  }

  private void move(int service, int address) {
    String name = "svc-%05d".formatted(service);
    Table table = server.registry.table().get();
    List<Line> lines = List.of(Tables.line(name, service, address));
    server.registry.swap(table.withServices(Map.of(name, lines)));
  }

  @Test
  void aChangeIsRememberedWithItsCauseAndItsLines() throws IOException {
    try (EventReader events = new EventReader(server.port())) {
      events.next();
      move(7, 99);
      JsonObject told = events.next(event -> event.name().equals("history")).data();
      assertEquals(1, told.getInteger("version"));
    }
    JsonObject change = changes().getJsonObject(0);
    assertEquals(1, change.getInteger("id"));
    assertFalse(change.getBoolean("first"));
    assertEquals(
        "[{\"kind\":\"tag\",\"name\":\"svc-00007\"}]", change.getJsonArray("causes").encode());
    assertEquals(1, change.getInteger("added"));
    assertEquals(1, change.getInteger("removed"));
    assertTrue(change.getJsonArray("changes").encode().contains("http://10.0.7.99:8080/"));
    assertEquals(0, history("?since=1").getJsonArray("changes").size());
    assertEquals(400, server.ask("GET", "/api/history?since=x").status());
  }

  @Test
  void aBurstIsOneChangeAndWhatComesBackIsNone() {
    for (int i = 0; i < 400; i++) {
      move(i % 20, 100 + i % 50);
    }
    Eventually.soon("remembered", () -> !changes().isEmpty());
    for (int i = 0; i < 20; i++) {
      move(i, 1);
      move(i, i);
    }
    move(150, 99);
    Eventually.soon("the last", () -> changes().encode().contains("10.0.150.99"));
    assertTrue(changes().size() < 10, changes().size() + " changes");
    for (int i = 1; i < changes().size(); i++) {
      assertEquals(
          changes().getJsonObject(i - 1).getInteger("id") - 1,
          changes().getJsonObject(i).getInteger("id"));
    }
  }

  @Test
  void linesAreBoundedButCounted() {
    server.registry.swap(Tables.of("route add x /x http://10.0.0.1:80/"));
    Eventually.soon("remembered", () -> !changes().isEmpty());
    JsonObject change = changes().getJsonObject(0);
    assertEquals(200, change.getInteger("removed"));
    assertEquals(History.MOST_LINES, change.getJsonArray("changes").size());
  }

  @Test
  void aProblemStandsUntilItIsMended() {
    Origin origin = new Origin(Origin.Kind.TAG, "billing", "node-2/billing-1", 0);
    Problem problem = new Problem(origin, "urlprefix-x", "no slash", "urlprefix-/x");
    server.registry.find(List.of(problem));
    Eventually.soon("found", () -> !history("").getJsonArray("problems").isEmpty());
    JsonObject found = history("").getJsonArray("problems").getJsonObject(0);
    assertFalse(found.containsKey("mended"));
    assertEquals("urlprefix-/x", found.getJsonObject("problem").getString("fits"));
    server.registry.find(List.of());
    Eventually.soon(
        "mended",
        () -> history("").getJsonArray("problems").getJsonObject(0).containsKey("mended"));
    assertEquals(
        found.getString("since"),
        history("").getJsonArray("problems").getJsonObject(0).getString("since"));
  }

  @Test
  void manyProblemsAreBounded() {
    Origin origin = new Origin(Origin.Kind.TAG, "s", "n/s", 0);
    List<Problem> many =
        java.util.stream.IntStream.range(0, 3000)
            .mapToObj(i -> new Problem(origin, "urlprefix-" + i, "bad", ""))
            .toList();
    server.registry.find(many);
    Eventually.soon(
        "found", () -> history("").getJsonArray("problems").size() == History.MOST_PROBLEMS);
    server.registry.find(List.of());
    Eventually.soon(
        "mended", () -> history("").getJsonArray("problems").size() == History.MOST_MENDED);
  }
}
