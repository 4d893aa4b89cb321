package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.registry.RegistryStatus.State;
import io.tagway.testkit.Eventually;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomRegistryIT {
  private static final String A =
      "[{\"cmd\":\"route add\",\"service\":\"a\",\"src\":\"/a\",\"dst\":\"http://h:1/\","
          + "\"weight\":0.25,\"tags\":[\"t\"],\"opts\":{\"strip\":\"/a\"}}]";
  private static final String A_LINE =
      "route add a /a http://h:1/ weight 0.2500 tags \"t\" opts \"strip=/a\"";

  /** A route service of which the test says what it answers. */
  private static final class RouteServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<Object> connections = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private volatile Consumer<HttpServerRequest> answer;

    RouteServer(HttpServerOptions options, String body) {
      this.answer = text(200, body);
      this.server =
          RegistryUnderTest.done(
              vertx
                  .createHttpServer(options)
                  .requestHandler(
                      request -> {
                        connections.add(request.connection());
                        asked.add(
                            request.method()
                                + " "
                                + request.uri()
                                + " "
                                + request.getHeader("Connection"));
                        answer.accept(request);
                      })
                  .listen(0, "127.0.0.1"));
    }

    RouteServer(String body) {
      this(new HttpServerOptions(), body);
    }

    static Consumer<HttpServerRequest> text(int status, String body) {
      return request -> request.response().setStatusCode(status).end(body);
    }

    void answers(int status, String body) {
      answer = text(status, body);
    }

    void awaitPolls(int more) {
      int target = asked.size() + more;
      Eventually.soon("polls", () -> asked.size() >= target);
    }

    @Override
    public void close() {
      RegistryUnderTest.done(vertx.close());
    }
  }

  private static RegistryUnderTest registry(RouteServer server, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-registry.backend=custom",
                "-registry.custom.scheme=http",
                "-registry.custom.host=127.0.0.1:" + server.server.actualPort(),
                "-registry.custom.path=v1/routes",
                "-registry.custom.queryparams=token=x",
                "-registry.custom.pollinterval=20ms",
                "-registry.custom.noroutehtml=<b>none</b>",
                "-registry.retry=20ms"));
    arguments.addAll(List.of(more));
    return RegistryUnderTest.of(arguments.toArray(String[]::new));
  }

  private static RegistryUnderTest started(RouteServer server, String... more) {
    RegistryUnderTest registry = registry(server, more);
    registry.start();
    return registry;
  }

  @Test
  void asks_a_service_again_and_again_on_connections_of_their_own() {
    try (RouteServer server = new RouteServer(A);
        RegistryUnderTest registry = started(server)) {
      assertEquals(List.of(A_LINE), registry.lines());
      assertEquals("<b>none</b>", registry.registry().noRouteHtml().get());
      assertEquals(State.CURRENT, registry.registry().status().state());
      server.awaitPolls(2);
      assertEquals(Set.of("GET /v1/routes?token=x close"), Set.copyOf(server.asked));
      assertTrue(server.connections.size() >= 2);
      server.answers(200, A.replace(":1/", ":2/"));
      registry.awaitDestinations("/a", "http://h:2/");
      server.answers(200, "[]");
      registry.awaitDestinations("/a");
    }
  }

  @Test
  void what_an_answer_does_not_say_is_not_taken_from_the_one_before() {
    try (RouteServer server = new RouteServer(A);
        RegistryUnderTest registry = started(server)) {
      server.answers(
          200,
          "[{\"Cmd\":\"route add\",\"service\":\"a\",\"src\":\"/a\",\"dst\":\"http://h:1/\","
              + "\"tags\":null,\"other\":[{}]}]");
      Eventually.soon(
          "weight, tags and options are gone",
          () -> registry.lines().equals(List.of("route add a /a http://h:1/")));
    }
  }

  @Test
  void the_last_good_routes_stay_whatever_comes_instead_of_others() {
    try (RouteServer server = new RouteServer(A);
        RegistryUnderTest registry = started(server, "-registry.custom.timeout=100ms")) {
      List<Consumer<HttpServerRequest>> bad =
          List.of(
              RouteServer.text(500, "[]"),
              RouteServer.text(200, "null"),
              RouteServer.text(200, "[{\"cmd\":"),
              RouteServer.text(200, "[null]"),
              RouteServer.text(200, "[] []"),
              RouteServer.text(200, A.replace("0.25", "\"0.25\"")),
              request -> request.connection().close(),
              request -> request.response().setChunked(true).write("[").onSuccess(x -> {}),
              request -> {});
      for (Consumer<HttpServerRequest> answer : bad) {
        server.answer = answer;
        registry.awaitState(State.STALE);
        assertEquals(List.of(A_LINE), registry.lines());
        String error = registry.registry().status().lastError();
        assertTrue(error.startsWith("error during update from custom back end - "), error);
        assertFalse(error.contains("token"), error);
        server.answers(200, A);
        registry.awaitState(State.CURRENT);
      }
      assertTrue(
          registry.registry().status().lastError().isEmpty(),
          registry.registry().status().lastError());
    }
  }

  @Test
  void a_service_that_sends_a_byte_now_and_then_is_cut_off_at_the_limit() {
    try (RouteServer server = new RouteServer(A);
        RegistryUnderTest registry = started(server, "-registry.custom.timeout=300ms")) {
      server.answer =
          request -> {
            request.response().setChunked(true).exceptionHandler(x -> {});
            long timer = server.vertx.setPeriodic(1, 20, tick -> request.response().write(" "));
            request.connection().closeHandler(x -> server.vertx.cancelTimer(timer));
          };
      registry.awaitState(State.STALE);
      assertTrue(
          registry.registry().status().lastError().endsWith("no complete answer within 300ms"),
          registry.registry().status().lastError());
    }
  }

  @Test
  void a_row_that_cannot_be_used_is_a_problem_and_the_others_apply() {
    String rows =
        A.replace("]}]", "]}").replace("}}]", "}},")
            + "{\"cmd\":\"route ad\",\"service\":\"b\"},"
            + "{\"cmd\":\"route add\",\"service\":\"b\",\"src\":\"/b\",\"dst\":\"nowhere\"}]";
    try (RouteServer server = new RouteServer(rows);
        RegistryUnderTest registry = started(server)) {
      assertEquals(List.of(A_LINE), registry.lines());
      List<String> problems = registry.registry().problems().stream().map(ProblemText::of).toList();
      String place = " of http://127.0.0.1:" + server.server.actualPort() + "/v1/routes: ";
      assertEquals(2, problems.size(), problems.toString());
      assertTrue(problems.get(0).startsWith("Problem in route 2" + place), problems.get(0));
      assertTrue(problems.get(0).contains("invalid command: route ad"), problems.get(0));
      assertTrue(problems.get(1).startsWith("Problem in route 3" + place), problems.get(1));
    }
  }

  @Test
  void weights_and_deletions_are_commands_like_in_a_text() {
    String rows =
        A.substring(0, A.length() - 1)
            + ",{\"cmd\":\"route add\",\"service\":\"b\",\"src\":\"/b\",\"dst\":\"http://h:2/\"}"
            + ",{\"cmd\":\"route weight\",\"service\":\"b\",\"src\":\"/b\",\"weight\":5e-1}"
            + ",{\"cmd\":\"route del\",\"tags\":[\"t\"]}]";
    try (RouteServer server = new RouteServer(rows);
        RegistryUnderTest registry = started(server)) {
      assertEquals(List.of("route add b /b http://h:2/ weight 0.5000"), registry.lines());
    }
  }

  @Test
  void a_service_that_is_late_is_waited_for() {
    try (RouteServer server = new RouteServer("")) {
      server.answers(503, "");
      try (RegistryUnderTest registry = registry(server)) {
        var started = registry.registry().start();
        server.awaitPolls(2);
        assertFalse(started.isComplete());
        server.answers(200, A);
        RegistryUnderTest.done(started, Duration.ofSeconds(5));
        assertEquals(List.of(A_LINE), registry.lines());
      }
    }
  }

  @Test
  void a_service_that_stays_away_costs_registry_timeout_and_its_routes_are_taken_later() {
    try (RouteServer server = new RouteServer("")) {
      server.answers(503, "");
      try (RegistryUnderTest registry = started(server, "-registry.timeout=100ms")) {
        assertEquals(List.of(), registry.lines());
        assertEquals(State.STALE, registry.registry().status().state());
        server.answers(200, A);
        registry.awaitDestinations("/a", "http://h:1/");
        registry.awaitState(State.CURRENT);
      }
    }
  }

  @Test
  void a_redirect_is_followed() {
    try (RouteServer server = new RouteServer("")) {
      server.answer =
          request -> {
            if (request.uri().equals("/moved")) {
              request.response().end(A);
            } else {
              request.response().setStatusCode(302).putHeader("Location", "/moved").end();
            }
          };
      try (RegistryUnderTest registry = started(server)) {
        assertEquals(List.of(A_LINE), registry.lines());
      }
    }
  }

  @Test
  void a_certificate_of_nobody_known_is_refused_unless_told_otherwise(@TempDir Path dir)
      throws IOException, InterruptedException {
    Path key = dir.resolve("key.pem");
    Path certificate = dir.resolve("cert.pem");
    List<String> openssl =
        List.of(
            ("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=routes.test -keyout "
                    + key
                    + " -out "
                    + certificate)
                .split(" "));
    assertEquals(
        0,
        new ProcessBuilder(openssl)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor());
    HttpServerOptions tls =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addKeyPath(key.toString())
                    .addCertPath(certificate.toString()));
    try (RouteServer server = new RouteServer(tls, A);
        RegistryUnderTest strict =
            started(server, "-registry.custom.scheme=https", "-registry.timeout=100ms");
        RegistryUnderTest trusting =
            started(
                server, "-registry.custom.scheme=https", "-registry.custom.checkTLSSkipVerify")) {
      assertEquals(List.of(A_LINE), trusting.lines());
      assertEquals(List.of(), strict.lines());
      assertEquals(State.STALE, strict.registry().status().state());
    }
  }
}
