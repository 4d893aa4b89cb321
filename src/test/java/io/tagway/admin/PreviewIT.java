package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewIT {
  private AdminServer server = AdminServer.start(Tables.ofSize(3));

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonObject preview(String text) throws IOException {
    String body = new JsonObject().put("path", "/x").put("value", text).encode();
    AdminServer.Answer answer = server.send("POST", "/api/preview", body);
    assertEquals(200, answer.status(), answer.body());
    return new JsonObject(answer.body());
  }

  @Test
  void whatWouldChangeIsToldAndNothingChanges() throws IOException {
    String before = server.registry.table().get().text();
    JsonObject found =
        preview(
            "route del svc-00001\nroute add new /n http://10.0.0.9:80/\nroute weight svc-00002"
                + " host-0000.example.com/part-2 weight 0.5");
    assertEquals(1, found.getInteger("added"));
    assertEquals(1, found.getInteger("removed"));
    assertEquals(1, found.getInteger("altered"));
    assertTrue(found.getJsonArray("errors").isEmpty());
    assertTrue(found.getJsonArray("changes").encode().contains("route add new /n"));
    assertEquals(
        "[{\"kind\":\"override\",\"name\":\"/x\"}]", found.getJsonArray("causes").encode());
    assertEquals(before, server.registry.table().get().text());
    assertTrue(server.registry.overrides().paths().await().isEmpty());
  }

  @Test
  void routesOfTheConfigurationAreNotTakenForTheText() throws IOException {
    server.close();
    server = AdminServer.start(Tables.of("route add a /a http://10.0.0.1:80/"));
    String body = "{\"path\":\"\",\"value\":\"route add b /b http://10.0.0.2:80/\"}";
    JsonObject found = new JsonObject(server.send("POST", "/api/preview", body).body());
    assertEquals(1, found.getInteger("added"));
    assertEquals(0, found.getInteger("removed"));
  }

  @Test
  void badLinesAndLinesWithoutEffectAreNamed() throws IOException {
    JsonObject found =
        preview("# fine\nroute ad x\nroute weight nobody /n weight 0.5\nroute add a /a :80");
    assertEquals(
        List.of(2, 4),
        found.getJsonArray("errors").stream()
            .map(each -> ((JsonObject) each).getJsonObject("origin").getInteger("line"))
            .toList());
    assertEquals(1, found.getJsonArray("warnings").size());
    assertEquals(
        3,
        found.getJsonArray("warnings").getJsonObject(0).getJsonObject("origin").getInteger("line"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"path\":\"/x\"}", "{\"path\":1,\"value\":\"\"}", "{"})
  void aBadBodyIsRefused(String body) throws IOException {
    assertEquals(400, server.send("POST", "/api/preview", body).status());
  }

  @Test
  void itIsForWritersOnly() throws IOException {
    assertEquals(405, server.ask("GET", "/api/preview").status());
    String own = "Origin: http://127.0.0.1:" + server.port();
    assertEquals(403, server.send("POST", "/api/preview", "{}", own).status());
    server.close();
    server = AdminServer.start(Tables.of(), AdminServer.ui(true, ""));
    assertEquals(403, server.send("POST", "/api/preview", "{}").status());
  }
}
