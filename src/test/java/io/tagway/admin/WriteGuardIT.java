package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.admin.AdminServer.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may write: scripts as for Fabio, our own page, and no other page in anybody's browser. */
class WriteGuardIT {
  private static final String BODY = "{\"value\":\"# x\",\"version\":\"0\"}";

  private AdminServer server = AdminServer.start(Tables.of());

  @AfterEach
  void stop() {
    server.close();
  }

  private String token() throws IOException {
    Answer answer = server.ask("GET", "/api/token", "Sec-Fetch-Site: same-origin");
    assertEquals(200, answer.status(), answer.body());
    assertEquals("no-store", answer.header("Cache-Control"));
    return "X-Tagway-Token: " + new JsonObject(answer.body()).getString("token");
  }

  private List<String> stored() {
    return server.registry.overrides().paths().await();
  }

  @Test
  void aScriptWritesAsItDidWithFabio() throws IOException {
    Answer answer =
        server.send("PUT", "/api/manual", BODY, "User-Agent: curl/8.5.0", "Accept: */*");
    assertEquals(200, answer.status());
    assertEquals(List.of(""), stored());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: http://127.0.0.1:1",
        "Referer: http://evil.example/page",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void aPageFromElsewhereCannotWriteEvenWithTheToken(String header) throws IOException {
    Answer answer = server.send("PUT", "/api/manual", BODY, header, token());
    assertEquals(403, answer.status());
    assertEquals(403, server.ask("GET", "/api/token", header).status());
    assertTrue(stored().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "Referer: own"})
  void aBrowserNeedsTheToken(String written) throws IOException {
    String header = written.replace("own", server.url("/manual"));
    assertEquals(403, server.send("PUT", "/api/manual", BODY, header).status());
    String wrong = "X-Tagway-Token: 00000000000000000000000000000000";
    assertEquals(403, server.send("PUT", "/api/manual", BODY, header, wrong).status());
    assertTrue(stored().isEmpty());
    assertEquals(200, server.send("PUT", "/api/manual", BODY, header, token()).status());
    assertEquals(List.of(""), stored());
  }

  @Test
  void theLogLevelIsGuardedLikewise() throws IOException {
    String own = "Origin: http://127.0.0.1:" + server.port();
    String body = "{\"level\":\"ERROR\"}";
    assertEquals(403, server.send("PUT", "/api/log", body, own).status());
    assertEquals("INFO", server.log.level());
    assertEquals(200, server.send("PUT", "/api/log", body, own, token()).status());
    assertEquals("ERROR", server.log.level());
  }

  @Test
  void aPageThatHasItsNameResolvedToUsGetsNoToken() throws IOException {
    String rebound = "Host: evil.example:" + server.port();
    String origin = "Origin: http://evil.example:" + server.port();
    Answer answer = server.askAs("GET", "/api/token", rebound, "Sec-Fetch-Site: same-origin");
    assertEquals(403, answer.status());
    assertFalse(answer.body().contains("token\""));
    assertEquals(403, server.askAs("GET", "/api/token", rebound, origin).status());
  }

  @Test
  void everyRunHasItsOwnToken() throws IOException {
    String first = token();
    server.close();
    server = AdminServer.start(Tables.of());
    assertNotEquals(first, token());
  }

  @Test
  void noOtherPageIsTold() throws IOException {
    Answer preflight =
        server.ask(
            "OPTIONS",
            "/api/manual",
            "Origin: http://evil.example",
            "Access-Control-Request-Method: PUT");
    assertEquals(405, preflight.status());
    assertEquals("", preflight.header("Access-Control-Allow-Origin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/routes",
        "/api/routes",
        "/api/none",
        "/favicon.ico",
        "/health",
        "/assets/app.js"
      })
  void everyAnswerIsProtected(String target) throws IOException {
    Answer answer = server.ask("GET", target);
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    assertEquals("DENY", answer.header("X-Frame-Options"));
    assertEquals("no-referrer", answer.header("Referrer-Policy"));
    assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy"));
    assertTrue(answer.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
    assertEquals("", answer.header("Strict-Transport-Security"));
  }
}
