package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.admin.AdminServer.Answer;
import io.tagway.registry.RegistryStatus.State;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminApiIT {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private AdminServer server =
      AdminServer.start(
          Tables.of(
              "route add web a.example/ http://10.0.0.1:80/ weight 0.25 tags \"a&b\"",
              "route add web a.example/ http://10.0.0.2:80/ opts \"strip=/x proto=http\""));

  private void restart(boolean readOnly, String path) {
    server.close();
    server = AdminServer.start(Tables.of(), AdminServer.ui(readOnly, path));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer get(String target) throws IOException {
    return server.ask("GET", target);
  }

  private static void assertAnswer(int status, String type, String body, Answer answer) {
    assertEquals(body, answer.body());
    assertEquals(status, answer.status());
    assertEquals(type, answer.header("Content-Type"));
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
  }

  @Test
  void routesAreCompactJsonWithoutNewline() throws IOException {
    String body =
        "[{\"service\":\"web\",\"host\":\"a.example\",\"path\":\"/\",\"src\":\"a.example/\","
            + "\"dst\":\"http://10.0.0.1:80/\",\"opts\":\"\",\"cmd\":\"route add\","
            + "\"tags\":[\"a\\u0026b\"],\"weight\":0.25,\"rate1\":0,\"pct99\":0},"
            + "{\"service\":\"web\",\"host\":\"a.example\",\"path\":\"/\",\"src\":\"a.example/\","
            + "\"dst\":\"http://10.0.0.2:80/\",\"opts\":\"proto=http strip=/x\","
            + "\"cmd\":\"route add\",\"weight\":0.75,\"rate1\":0,\"pct99\":0}]";
    assertAnswer(200, JSON, body, get("/api/routes"));
    assertAnswer(200, JSON, body, server.ask("DELETE", "/api/routes"));
    assertAnswer(200, JSON, GoJson.indented(body), get("/api/routes?pretty"));
    assertAnswer(200, JSON, GoJson.indented(body), get("/api/routes?x=1&pretty=0"));
  }

  @Test
  void rawRoutesAreCommandsThatEndWithANewline() throws IOException {
    assertAnswer(
        200,
        "text/plain",
        """
        route add web a.example/ http://10.0.0.1:80/ weight 0.2500 tags "a&b"
        route add web a.example/ http://10.0.0.2:80/ opts "proto=http strip=/x"
        """,
        get("/api/routes?raw"));
  }

  @Test
  void rawRoutesShowIdleTargetsToo() throws IOException {
    server.registry.swap(
        Tables.of(
            "route add a /a http://10.0.0.1:80/ weight 1", "route add a /a http://10.0.0.2:80/"));
    assertEquals(
        """
        route add a /a http://10.0.0.1:80/ weight 1.0000
        route add a /a http://10.0.0.2:80/
        """,
        get("/api/routes?raw").body());
  }

  @Test
  void anEmptyTableIsNull() throws IOException {
    restart(true, "");
    assertAnswer(200, JSON, "null", get("/api/routes"));
    assertAnswer(200, "text/plain", "\n", get("/api/routes?raw"));
  }

  @Test
  void headHasTheLengthButNoBody() throws IOException {
    Answer answer = server.ask("HEAD", "/api/version");
    assertEquals("", answer.body());
    assertEquals("5", answer.header("Content-Length"));
  }

  @Test
  void configIsCompactOrPretty() throws IOException {
    assertAnswer(
        200, JSON, "{\"Listen\":null,\"Token\":\"\\u003cmasked\\u003e\"}", get("/api/config"));
    assertAnswer(
        200,
        JSON,
        "{\n    \"Listen\": null,\n    \"Token\": \"\\u003cmasked\\u003e\"\n}",
        get("/api/config?pretty"));
  }

  @Test
  void versionIsABareText() throws IOException {
    assertAnswer(200, TEXT, "0.1.0", server.ask("POST", "/api/version"));
  }

  @Test
  void healthStaysOkWhileTheRegistryIsStaleAndSaysSo() throws IOException {
    assertAnswer(200, TEXT, "OK\n", server.ask("POST", "/health?x"));
    server.registry.become(State.STALE, Instant.now().minusSeconds(60), "connection refused");
    Answer stale = get("/health");
    assertEquals(200, stale.status());
    assertTrue(
        stale.body().matches("OK\nregistry: stale for 6\\ds \\(connection refused\\)\n"),
        stale.body());
    assertEquals("stale", new JsonObject(get("/api/status").body()).getString("state"));
  }

  @ParameterizedTest
  @CsvSource({
    "/, 303, /routes",
    "/x/y, 303, /routes",
    "/routes/, 303, /routes",
    "/routes/x, 303, /routes",
    "/try/x, 303, /routes",
    "/api, 303, /routes",
    "/api/routes/, 303, /routes",
    "/api//routes?raw, 301, /api/routes?raw",
    "/a/../routes, 301, /routes",
    "//evil.example, 301, /evil.example"
  })
  void otherPathsAreRedirected(String target, int status, String location) throws IOException {
    Answer answer = get(target);
    assertEquals(status, answer.status());
    assertEquals(location, answer.header("Location"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/routes", "/manual", "/manual/", "/manual/maint", "/history", "/history/7"})
  void addressesOfViewsAreThePage(String target) throws IOException {
    assertEquals(200, get(target).status());
    assertEquals(get("/routes").body(), get(target).body());
  }

  @Test
  void thereIsNoFavicon() throws IOException {
    assertAnswer(404, TEXT, "404 page not found\n", get("/favicon.ico"));
    assertAnswer(404, TEXT, "404 page not found\n", get("/assets/"));
    assertAnswer(404, TEXT, "404 page not found\n", get("/assets/%2e%2e/index.html"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ops", "/ops/", "ops", "/ops//"})
  void everythingButHealthIsBelowTheBase(String path) throws IOException {
    restart(false, path);
    assertEquals(200, get("/ops/routes").status());
    assertEquals(200, get("/ops/api/routes").status());
    assertEquals("OK\n", get("/health").body());
    assertEquals("/ops/routes", get("/ops/health").header("Location"));
    assertEquals("/ops/routes", get("/ops/").header("Location"));
    Answer bare = get("/ops");
    assertEquals(301, bare.status());
    assertEquals("/ops/", bare.header("Location"));
    assertAnswer(404, TEXT, "404 page not found\n", get("/routes"));
    assertAnswer(404, TEXT, "404 page not found\n", get("/opsx/routes"));
    assertTrue(get("/ops/routes").body().contains("<base href=\"/ops/\">"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/paths", "/api/manual", "/api/manual/x", "/manual", "/manual/x"})
  void readOnlyRefusesWhatIsForWriters(String target) throws IOException {
    restart(true, "");
    assertAnswer(403, TEXT, "Forbidden\n", get(target));
    assertAnswer(403, TEXT, "Forbidden\n", server.send("PUT", target, "{\"value\":\"\"}"));
  }

  @Test
  void pathsAreTheKeysOrNull() throws IOException {
    assertAnswer(200, JSON, "null", get("/api/paths"));
    server.registry.overrides().write("", "# a", 0).await();
    server.registry.overrides().write("/maint", "# b", 0).await();
    assertAnswer(200, JSON, "[\"\",\"/maint\"]", get("/api/paths"));
    assertAnswer(405, TEXT, "not allowed\n", server.ask("POST", "/api/paths"));
    server.registry.overrides().fail("no consul");
    assertAnswer(500, TEXT, "no consul\n", get("/api/paths"));
  }

  @Test
  void manualTextIsReadAndWritten() throws IOException {
    assertAnswer(200, JSON, "{\"value\":\"\",\"version\":\"1\"}", get("/api/manual"));
    String text = "route add a /a http://10.0.0.1:80/";
    String body = "{\"value\":\"" + text + "\\n\"}";
    assertAnswer(200, "", "", server.send("PUT", "/api/manual/a%20b?x=1", body));
    assertAnswer(
        200, JSON, "{\"value\":\"" + text + "\",\"version\":\"2\"}", get("/api/manual/a%20b"));
    assertEquals(List.of("/a b"), server.registry.overrides().paths().await());
  }

  @Test
  void theQueryIsNoPartOfTheKey() throws IOException {
    server.registry.overrides().write("", "# a", 0).await();
    assertAnswer(
        200,
        JSON,
        "{\n    \"value\": \"# a\",\n    \"version\": \"2\"\n}",
        get("/api/manual?pretty"));
  }

  @Test
  void aLostRaceIsAConflict() throws IOException {
    server.registry.overrides().write("", "# a", 0).await();
    String body = "{\"value\":\"# b\",\"version\":\"%s\"}";
    assertAnswer(
        409, TEXT, "version mismatch\n", server.send("PUT", "/api/manual", body.formatted(7)));
    assertEquals(200, server.send("PUT", "/api/manual", body.formatted(2)).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|EOF",
        "{|the body is not JSON; {\"value\"",
        "[]|the body must be a JSON object",
        "null|the body must be a JSON object",
        "{}|value must be a string",
        "{\"value\":1}|value must be a string",
        "{\"value\":\"\",\"version\":1}|version must be a string of digits",
        "{\"value\":\"\",\"version\":\"-1\"}|version must be a string of digits",
        "{\"value\":\"\",\"version\":null}|version must be a string of digits",
        "{\"value\":\"\",\"version\":\"99999999999999999999\"}|version is out of range"
      })
  void aBadBodyIsRefusedWithTheReason(String body, String reason) throws IOException {
    Answer answer = server.send("PUT", "/api/manual", body);
    assertEquals(400, answer.status());
    assertTrue(answer.body().startsWith(reason), answer.body());
    assertTrue(server.registry.overrides().paths().await().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"..%2F..%2Fx", "%2e/x", "a%2F%2Fb", "%00"})
  void aKeyThatConsulCannotHaveIsRefused(String key) throws IOException {
    String reason = "Consul has no key with the parts . or .., empty parts or a zero byte\n";
    assertAnswer(400, TEXT, reason, get("/api/manual/" + key));
    String body = "{\"value\":\"# a\",\"version\":\"0\"}";
    assertAnswer(400, TEXT, reason, server.send("PUT", "/api/manual/" + key, body));
    assertTrue(server.registry.overrides().paths().await().isEmpty());
  }

  @Test
  void namesMayBeWrittenInAnyCase() throws IOException {
    String body = "{\"Value\":\"# a\",\"VERSION\":\"0\"}";
    assertEquals(200, server.send("PUT", "/api/manual/any", body).status());
    assertTrue(get("/api/manual/any").body().contains("\"value\":\"# a\""));
  }

  @Test
  void aBodyBeyondReasonIsRefused() throws IOException {
    String body = "{\"value\":\"" + "#".repeat(ManualApi.MOST_BODY_BYTES) + "\"}";
    assertAnswer(413, TEXT, "the body is over 1 MiB\n", server.send("PUT", "/api/manual", body));
  }

  @Test
  void badCommandsAreRefusedLineByLine() throws IOException {
    String text = "# fine\\nroute add a /a http://10.0.0.1:80/\\nroute ad b\\n\\nroute del";
    Answer answer = server.send("PUT", "/api/manual", "{\"value\":\"" + text + "\"}");
    assertEquals(400, answer.status());
    List<String> lines = answer.body().lines().toList();
    assertEquals(2, lines.size(), answer.body());
    assertTrue(lines.get(0).startsWith("line 3: "), answer.body());
    assertTrue(lines.get(1).startsWith("line 5: "), answer.body());
    assertTrue(server.registry.overrides().paths().await().isEmpty());
  }

  @Test
  void otherMethodsOnManualAreNotAllowed() throws IOException {
    Answer answer = server.send("POST", "/api/manual/x", "{}");
    assertAnswer(405, TEXT, "not allowed\n", answer);
    assertEquals("GET, PUT", answer.header("Allow"));
    assertEquals(405, server.ask("HEAD", "/api/manual").status());
  }

  @Test
  void aStoreThatFailsIsA500WithItsMessage() throws IOException {
    server.registry.overrides().fail("Unexpected response code: 500");
    assertAnswer(500, TEXT, "Unexpected response code: 500\n", get("/api/manual"));
    assertAnswer(
        500,
        TEXT,
        "Unexpected response code: 500\n",
        server.send("PUT", "/api/manual", "{\"value\":\"# x\"}"));
  }

  @Test
  void thePageIsGuarded() throws IOException {
    Answer page = get("/routes");
    assertEquals(200, page.status());
    assertEquals("text/html; charset=utf-8", page.header("Content-Type"));
    assertEquals(Assets.POLICY, page.header("Content-Security-Policy"));
    assertEquals("DENY", page.header("X-Frame-Options"));
    assertEquals("nosniff", page.header("X-Content-Type-Options"));
    assertEquals("no-referrer", page.header("Referrer-Policy"));
    assertFalse(page.body().contains("prod <eu>"));
    assertTrue(page.body().contains("prod \\u003ceu\\u003e"));
    assertFalse(page.body().contains("{{"));
  }

  @Test
  void filesAreCheckedAgainInsteadOfSentAgain() throws IOException {
    Answer first = get("/assets/app.js");
    assertEquals("text/javascript; charset=utf-8", first.header("Content-Type"));
    assertEquals("no-cache", first.header("Cache-Control"));
    Answer second = server.ask("GET", "/assets/app.js", "If-None-Match: " + first.header("ETag"));
    assertEquals(304, second.status());
    assertEquals("", second.body());
  }

  @Test
  void theTableOfThePageIsCheckedAgainToo() throws IOException {
    Answer first = get("/api/table");
    assertAnswer(200, JSON, first.body(), first);
    String version = new JsonObject(first.body()).getString("version");
    assertEquals('"' + version + '"', first.header("ETag"));
    String known = "If-None-Match: " + first.header("ETag");
    assertEquals(304, server.ask("GET", "/api/table", known).status());
    assertEquals(
        "gzip",
        server.ask("GET", "/api/table", "Accept-Encoding: gzip, br").header("Content-Encoding"));
  }

  @Test
  void theLogLevelIsReadAndChanged() throws IOException {
    assertAnswer(200, JSON, "{\"level\":\"INFO\"}", get("/api/log"));
    assertAnswer(
        200,
        JSON,
        "{\"level\":\"DEBUG\"}",
        server.send("PUT", "/api/log", "{\"level\":\"debug\"}"));
    assertEquals("DEBUG", server.log.level());
    Answer answer = server.send("DELETE", "/api/log", "");
    assertAnswer(405, TEXT, "not allowed\n", answer);
    assertEquals("GET, PUT", answer.header("Allow"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "DEBUG", "[]", "{}", "{\"level\":1}", "{\"level\":\"loud\"}", "{\"level\":"})
  void whatIsNoLevelChangesNothing(String body) throws IOException {
    assertAnswer(
        400,
        TEXT,
        "the body must be {\"level\":\"NAME\"} with one of DEBUG, INFO, ERROR\n",
        server.send("PUT", "/api/log", body));
    assertEquals("INFO", server.log.level());
  }

  @Test
  void nobodyElseChangesTheLogLevel() throws IOException {
    String body = "{\"level\":\"ERROR\"}";
    assertEquals(403, server.send("PUT", "/api/log", body, "Sec-Fetch-Site: cross-site").status());
    assertEquals(413, server.send("PUT", "/api/log", body + " ".repeat(2000)).status());
    assertEquals("INFO", server.log.level());
    restart(true, "");
    assertEquals(200, get("/api/log").status());
    assertAnswer(403, TEXT, "Forbidden\n", server.send("PUT", "/api/log", body));
    assertEquals("INFO", server.log.level());
  }
}
