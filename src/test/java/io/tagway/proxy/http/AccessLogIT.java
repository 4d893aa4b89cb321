package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.accesslog.AccessLog;
import io.tagway.testkit.Eventually;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the access log says of requests that a recorded case cannot show. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is the point
class AccessLogIT {
  private static final String FORMAT = "$response_status $response_body_size $request";
  private static final String GET = "GET /x HTTP/1.1\r\nHost: a.test\r\n";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private AccessLog log = open(FORMAT);

  private AccessLog open(String format) {
    return AccessLog.open(format, new PrintStream(bytes, true), InstantSource.system());
  }

  private void use(String format) {
    log.close();
    log = open(format);
  }

  @AfterEach
  void close() {
    log.close();
  }

  private TestRouter router(FakeTarget target, String... args) {
    return TestRouter.start(1, log, "route add a a.test/ http://" + target.address() + "/", args);
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void awaitLines(String... expected) {
    Eventually.soon("lines " + List.of(expected), () -> lines().equals(List.of(expected)));
  }

  @Test
  void anAnswerThatBreaksOffHasTheStatusTheClientSaw() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.theRequest();
                  connection.send("HTTP/1.1 201 Made\r\nContent-Length: 10\r\n\r\nabc");
                  connection.close();
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(GET + "\r\n");
      assertFalse(client.theAnswer("GET").complete());
      awaitLines("201 3 GET /x HTTP/1.1");
    }
  }

  @Test
  void aClientThatLeavesBeforeTheAnswerIsA499() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.theRequest();
                  assertNull(connection.request());
                });
        TestRouter router = router(target)) {
      try (RawConnection client = router.connect()) {
        client.send(GET + "\r\n");
        Await.atLeast(target::accepted, 1);
      }
      awaitLines("499 0 GET /x HTTP/1.1");
    }
  }

  @Test
  void aTunnelHasItsLineWhenItEnds() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.theRequest();
                  connection.send(
                      "HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
                  connection.echo();
                });
        TestRouter router = router(target)) {
      try (RawConnection client = router.connect()) {
        client.send(GET + "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
        assertEquals(101, client.theHead().status());
        client.send("hello");
        assertEquals("hello", RawConnection.latin1(client.take(5, piece -> {})));
        assertEquals(List.of(), lines());
      }
      awaitLines("101 5 GET /x HTTP/1.1");
    }
  }

  @Test
  void anHttp2RequestSaysSo() throws Exception {
    try (FakeTarget target = FakeTarget.saying("hello");
        TestRouter router = router(target, "-proxy.addr", "127.0.0.1:0;h2c=true");
        H2Peer client = H2Peer.to(router.port())) {
      assertEquals(200, client.ask(H2Peer.get("/x")).status());
      awaitLines("200 5 GET /x HTTP/2.0");
    }
  }

  @Test
  void theSizeIsThatOfTheCompressedBody() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.theRequest();
                  connection.send(
                      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\n"
                          + "x".repeat(5000));
                });
        TestRouter router = router(target, "-proxy.gzip.contenttype", "^text/");
        RawConnection client = router.connect()) {
      client.send(GET + "Accept-Encoding: gzip\r\n\r\n");
      RawMessage answer = client.theAnswer("GET");
      assertEquals("gzip", answer.first("Content-Encoding"));
      awaitLines("200 " + answer.body().length() + " GET /x HTTP/1.1");
    }
  }

  @Test
  void theHeadersAreThoseOfTheTargetAndTheTimeIsThatOfTheWholeAnswer() throws IOException {
    use("$header.X-Request-Id|$header.X-Forwarded-For|$header.X-Real-Ip|$request_host");
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  String id = connection.theRequest().first("X-Request-Id");
                  connection.send(
                      "HTTP/1.1 200 OK\r\nContent-Length: " + id.length() + "\r\n\r\n" + id);
                });
        TestRouter router = router(target, "-proxy.header.requestid", "X-Request-Id");
        RawConnection client = router.connect()) {
      client.send(GET + "X-Forwarded-For: 1.2.3.4\r\n\r\n");
      String id = client.theAnswer("GET").body();
      assertTrue(id.length() > 10);
      awaitLines(id + "|1.2.3.4|127.0.0.1|a.test");
    }
  }

  @Test
  void jsonHasALineForWhatTheRouterAnswersByItself() throws IOException {
    use("json");
    try (FakeTarget target = FakeTarget.saying("hello");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send("GET /none HTTP/1.1\r\nHost: b.test\r\n\r\n");
      assertEquals(404, client.theAnswer("GET").status());
      Eventually.soon("a line", () -> lines().size() == 1);
      JsonObject line = new JsonObject(lines().get(0));
      assertEquals("own", line.getString("outcome"));
      assertEquals(404, line.getInteger("status"));
      assertEquals("b.test", line.getString("host"));
    }
  }
}
