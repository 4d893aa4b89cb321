package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.admin.AdminServer.Answer;
import io.tagway.config.Settings.AuthScheme;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ui.auth}. */
class LoginIT {
  /** Nobody's password; to see that takes some milliseconds. */
  private static final String SLOW = "$2y$08$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";

  /** The word secret; to see that takes longer than to send many requests. */
  private static final String SECRET =
      "$2y$12$abcdefghijklmnopqrstuuT1Iwu6o8Wx7BoOyIMHfgVJq6JO/IJhW";

  private static final String BODY = "{\"value\":\"# x\",\"version\":\"0\"}";

  @TempDir Path folder;
  private AdminServer server;

  @BeforeEach
  void start() throws IOException {
    Path file = folder.resolve("ui.htpasswd");
    StringBuilder users = new StringBuilder("alice:{PLAIN}open sesame\nbob:{PLAIN}hunter2\n");
    users.append("carol:").append(SLOW).append('\n');
    users.append("dave:").append(SECRET).append('\n');
    for (int i = 0; i < 3 * FailedLogins.MOST; i++) {
      users.append("user").append(i).append(":{PLAIN}same\n");
    }
    Files.writeString(file, users);
    AuthScheme scheme = new AuthScheme("ui", "basic", file.toString(), "Tagway", Duration.ZERO);
    server = AdminServer.start(Tables.of(), AdminServer.ui(scheme));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String as(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(both);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/routes",
        "/manual",
        "/api/routes",
        "/api/table",
        "/api/config",
        "/api/events",
        "/api/status",
        "/api/token",
        "/assets/app.js",
        "/favicon.ico",
        "/health/",
        "//health"
      })
  void nothingIsSeenWithoutAPassword(String target) throws IOException {
    Answer answer = server.ask("GET", target);
    assertEquals(401, answer.status());
    assertEquals("Basic realm=\"Tagway\"", answer.header("WWW-Authenticate"));
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    assertEquals("no-store", answer.header("Cache-Control"));
    assertEquals(401, server.send("PUT", "/api/manual", BODY).status());
  }

  @Test
  void theRightPasswordOpens() throws IOException {
    assertEquals(200, server.ask("GET", "/api/routes", as("alice", "open sesame")).status());
    assertEquals(200, server.send("PUT", "/api/manual", BODY, as("bob", "hunter2")).status());
    assertEquals(List.of(""), server.registry.overrides().paths().await());
  }

  @Test
  void aWrongPasswordDoesNot() throws IOException {
    assertEquals(401, server.ask("GET", "/api/routes", as("alice", "hunter2")).status());
    assertEquals(401, server.ask("GET", "/api/routes", as("eve", "open sesame")).status());
    assertEquals(401, server.ask("GET", "/api/routes", "Authorization: Bearer x").status());
  }

  @Test
  void consulsCheckNeedsNone() throws IOException {
    assertEquals("OK\n", server.ask("GET", "/health").body());
  }

  @Test
  void whoGuessesHasToWaitButNotWhoIsIn() throws IOException {
    assertEquals(200, server.ask("GET", "/api/routes", as("alice", "open sesame")).status());
    Answer answer = server.ask("GET", "/api/routes", as("alice", "guess"));
    for (int i = 0; i < FailedLogins.MOST && answer.status() == 401; i++) {
      answer = server.ask("GET", "/api/routes", as("alice", "guess " + i));
    }
    assertEquals(429, answer.status());
    assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0);
    assertEquals(200, server.ask("GET", "/api/routes", as("alice", "open sesame")).status());
    assertEquals(429, server.ask("GET", "/api/routes", as("bob", "hunter2")).status());
  }

  @Test
  void guessesAtOnceAreNoMoreThanGuessesInTurn() throws Exception {
    int guesses = 4 * FailedLogins.MOST;
    List<String> different =
        IntStream.range(0, guesses).mapToObj(i -> as("carol", "guess " + i)).toList();
    assertEquals(
        Map.of(401, FailedLogins.MOST, 429, guesses - FailedLogins.MOST), atOnce(different));
  }

  @Test
  void theRightPasswordManyTimesAtOnceOpensEachTime() throws Exception {
    int requests = 4 * FailedLogins.MOST;
    assertEquals(
        Map.of(200, requests), atOnce(Collections.nCopies(requests, as("dave", "secret"))));
    assertEquals(401, server.ask("GET", "/api/routes", as("dave", "guess")).status());
  }

  /** How often which status comes when all these are sent at once. */
  private Map<Integer, Integer> atOnce(List<String> authorizations) throws Exception {
    ExecutorService all = Executors.newFixedThreadPool(authorizations.size());
    try {
      List<Callable<Integer>> asked = new ArrayList<>();
      for (String authorization : authorizations) {
        asked.add(() -> server.ask("GET", "/api/routes", authorization).status());
      }
      Map<Integer, Integer> statuses = new TreeMap<>();
      for (Future<Integer> status : all.invokeAll(asked)) {
        statuses.merge(status.get(), 1, Integer::sum);
      }
      return statuses;
    } finally {
      all.shutdown();
    }
  }

  @Test
  void rightPasswordsDoNotCount() throws IOException {
    for (int i = 0; i < 3 * FailedLogins.MOST; i++) {
      assertEquals(200, server.ask("GET", "/api/routes", as("user" + i, "same")).status());
    }
    assertEquals(401, server.ask("GET", "/api/routes", as("alice", "guess")).status());
  }

  @Test
  void theTokenIsTheUsers() throws IOException {
    String own = "Origin: http://127.0.0.1:" + server.port();
    String alice = as("alice", "open sesame");
    String bob = as("bob", "hunter2");
    String token =
        new JsonObject(server.ask("GET", "/api/token", own, alice).body()).getString("token");
    String bobs =
        new JsonObject(server.ask("GET", "/api/token", own, bob).body()).getString("token");
    assertNotEquals(token, bobs);
    String header = "X-Tagway-Token: " + token;
    assertEquals(403, server.send("PUT", "/api/manual", BODY, own, bob, header).status());
    assertEquals(200, server.send("PUT", "/api/manual", BODY, own, alice, header).status());
  }

  @Test
  void withALoginThePageMayHaveAnyName() throws IOException {
    String host = "Host: tagway.example.com";
    String origin = "Origin: https://tagway.example.com";
    String alice = as("alice", "open sesame");
    assertEquals(200, server.askAs("GET", "/api/token", host, origin, alice).status());
  }
}
