package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.tagway.proxy.Failure;
import io.tagway.proxy.Observer;
import io.tagway.proxy.Outcome;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that speak HTTP/2, frame by frame. Without TLS; TLS changes nothing about frames. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is the point
class Http2IT {
  private static final String OFFER =
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
          + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n";

  private static final long BIG = 64L << 20;
  private static final int PIECE = 1 << 16;

  /** Windows and socket buffers, less than what is sent. */
  private static final long HELD_AT_MOST = 24L << 20;

  /** What a stream may hold, and the sockets of its target. */
  private static final long STREAM_HELD_AT_MOST = 900 << 10;

  private static TestRouter router(FakeTarget target, String... args) {
    return router(Observer.NONE, target, "", args);
  }

  private static TestRouter router(
      Observer observer, FakeTarget target, String limits, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("-proxy.addr", "127.0.0.1:0;h2c=true" + limits));
    return TestRouter.start(
        1,
        observer,
        "route add a a.test/ http://" + target.address() + "/",
        all.toArray(String[]::new));
  }

  // ---- heads

  @Test
  void aRequestBecomesOneOfHttp11AndTheAnswerOneOfHttp2() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage asked;
                  while ((asked = connection.request()) != null) {
                    seen.add(asked);
                    connection.send(
                        "HTTP/1.1 200 Fine\r\nX-Asked: "
                            + asked.start()
                            + "\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nConnection: x-gone\r\n"
                            + "X-Gone: y\r\nKeep-Alive: timeout=5\r\nContent-Length: 2\r\n\r\nok");
                  }
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      Http2Headers asked = H2Peer.get("/x?y=1");
      asked.add("cookie", "c=3").add("cookie", "d=4").add("te", "trailers").add("user-agent", "u");
      asked.add("x-bytes", "caf\u00e9");

      H2Peer.Answer answer = client.ask(asked);

      assertEquals(200, answer.status());
      assertEquals("ok", answer.body());
      assertEquals("GET /x?y=1 HTTP/1.1", answer.first("x-asked"));
      assertEquals(2, answer.head().getAll("set-cookie").size());
      assertEquals("2", answer.first("content-length"));
      assertFalse(answer.first("date").isEmpty());
      for (String gone : List.of("connection", "x-gone", "keep-alive", "transfer-encoding")) {
        assertFalse(answer.head().contains(gone), gone);
      }
      answer
          .head()
          .forEach(
              line ->
                  assertEquals(
                      line.getKey().toString().toLowerCase(java.util.Locale.ROOT),
                      line.getKey().toString()));
      RawMessage got = seen.get(0);
      assertEquals(List.of("a.test"), got.all("Host"));
      assertEquals(List.of("c=3; d=4"), got.all("Cookie"));
      assertEquals("trailers", got.first("TE"));
      assertEquals("caf\u00e9", got.first("X-Bytes"));
      assertEquals("a.test", got.first("X-Forwarded-Host"));
      assertEquals("http", got.first("X-Forwarded-Proto"));
      assertEquals(
          "for=127.0.0.1; proto=http; by=10.9.8.7; httpproto=http/2.0", got.first("Forwarded"));
      assertEquals(List.of(), got.all("Transfer-Encoding"));
      assertEquals(List.of(), got.all("Content-Length"));
    }
  }

  private final List<RawMessage> seen = new CopyOnWriteArrayList<>();

  private FakeTarget noting(String answer) throws IOException {
    return new FakeTarget(
        (connection, number) -> {
          RawMessage asked;
          while ((asked = connection.request()) != null) {
            seen.add(asked);
            connection.send(answer);
          }
        });
  }

  @Test
  void theHostMayStandInAHeader() throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      Http2Headers asked = new DefaultHttp2Headers(false).method("GET").scheme("http").path("/");
      asked.add("host", "a.test");
      assertEquals(200, client.ask(asked).status());
      assertEquals(List.of("a.test"), seen.get(0).all("Host"));

      Http2Headers both = H2Peer.get("/").add("host", "a.test");
      assertEquals(200, client.ask(both).status());
      Http2Headers twice = H2Peer.get("/").add("host", "b.test");
      assertEquals(Http2Error.PROTOCOL_ERROR.code(), client.ask(twice).reset());
      assertEquals(2, seen.size());
    }
  }

  /** What would be a second header or a second request in HTTP/1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x|a\r\nx-injected: b",
        "x|a\nb",
        "x|a\rb",
        "x|a\u0000b",
        "x\r\nx-injected|a",
        "x y|a",
        "x:y|a",
        "X|a",
        "connection|close",
        "transfer-encoding|chunked",
        "upgrade|websocket",
        "te|gzip",
        "keep-alive|1",
        "proxy-connection|x",
        ":path|/other",
        ":unknown|x",
        ":protocol|websocket",
        "|x",
      })
  void aMalformedHeaderResetsTheStream(String line) throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      String[] parts = line.split("\\|", 2);
      Http2Headers bad = H2Peer.get("/");
      bad.add(parts[0], parts[1]);
      H2Peer.Answer answer = client.ask(bad);
      assertFalse(answer.isWhole(), () -> String.valueOf(answer));
      assertEquals(List.of(), seen);
      assertEquals(200, client.ask(H2Peer.get("/")).status());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/a b",
    "GET,/a\u0001b",
    "'G T',/",
    "GET,foo",
    "GET,http://a.test/x",
    "GET,''",
    "GET,/%zz",
  })
  void aMalformedTargetOrMethodIsRefused(String method, String path) throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      H2Peer.Answer answer = client.ask(H2Peer.headers(method, path));
      assertTrue(answer.reset() == 1 || answer.status() == 400, () -> String.valueOf(answer));
      assertEquals(List.of(), seen);
      assertEquals(200, client.ask(H2Peer.get("/")).status());
    }
  }

  /** There is no path, and the target is the authority, as in HTTP/1. */
  @Test
  void connectHasNoRoute() throws IOException {
    List<Outcome> told = new CopyOnWriteArrayList<>();
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(told::add, target, "");
        H2Peer client = H2Peer.to(router.port())) {
      Http2Headers asked = new DefaultHttp2Headers(false).method("CONNECT").authority("a.test:443");
      assertEquals(404, client.ask(asked).status());
      assertEquals(404, client.answer(client.open(asked, false)).status());
      Await.until("told", () -> told.size() == 2);
      assertEquals("a.test:443", ((Outcome.Own) told.get(0)).asked().uri());
      assertEquals(404, ((Outcome.Own) told.get(0)).status());
      assertEquals(200, client.ask(H2Peer.get("/")).status());
    }
  }

  @Test
  void aHeadOf200KilobytesPassesAndOneOf300IsRefused() throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      assertEquals(200, client.ask(H2Peer.get("/").add("x", "x".repeat(200 << 10))).status());
      client.forgetHeadLimit();
      assertEquals(431, client.ask(H2Peer.get("/").add("x", "x".repeat(300 << 10))).status());
      assertEquals(200, client.ask(H2Peer.get("/")).status());
    }
  }

  @Test
  void theRouterAnswersByItself() throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      H2Peer.Answer answer = client.ask(H2Peer.get("/").authority("b.test"));
      assertEquals(404, answer.status());
      assertEquals("0", answer.first("content-length"));
      assertFalse(answer.head().contains("connection"));
      H2Peer.Answer expectation = client.ask(H2Peer.get("/").add("expect", "rabbits"));
      assertEquals(417, expectation.status());
      assertFalse(expectation.head().contains("connection"));
      router.routes("route add a a.test/ http://127.0.0.1:1/");
      assertEquals(502, client.ask(H2Peer.get("/")).status());
    }
  }

  // ---- bodies

  @Test
  void bodiesAndTrailersPassBothWays() throws IOException {
    try (FakeTarget target =
            noting(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: x-sum\r\n\r\n"
                    + "3\r\nabc\r\n3\r\ndef\r\n0\r\nX-Sum: 6\r\nX-More: y\r\n\r\n");
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      int stream = client.open(H2Peer.headers("POST", "/"), false);
      client.data(stream, "one", false);
      client.data(stream, "two", false);
      client.trailers(stream, new DefaultHttp2Headers(false).add("x-checked", "yes"));

      H2Peer.Answer answer = client.answer(stream);

      assertEquals("abcdef", answer.body());
      assertEquals("{x-more=y, x-sum=6}", answer.trailers().toString());
      RawMessage got = seen.get(0);
      assertEquals("chunked", got.first("Transfer-Encoding"));
      assertEquals("onetwo", got.body());
      assertEquals(List.of("yes"), RawMessage.all(got.trailers(), "x-checked"));
    }
  }

  @Test
  void aLengthIsKeptAndHeadHasNoBody() throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      int stream = client.open(H2Peer.headers("PUT", "/").add("content-length", "6"), false);
      client.data(stream, "sixsix", true);
      assertEquals(200, client.answer(stream).status());
      assertEquals("6", seen.get(0).first("Content-Length"));
      assertEquals("sixsix", seen.get(0).body());

      assertEquals(200, client.ask(H2Peer.headers("POST", "/")).status());
      assertEquals("0", seen.get(1).first("Content-Length"));

      int empty = client.open(H2Peer.headers("POST", "/"), false);
      client.data(empty, "", true);
      assertEquals(200, client.answer(empty).status());
      assertEquals("", seen.get(2).body());

      int lies = client.open(H2Peer.headers("PUT", "/").add("content-length", "6"), false);
      client.data(lies, "three", true);
      assertFalse(client.answer(lies).isWhole());
    }
  }

  @Test
  void anAnswerToHeadEndsWithItsHead() throws IOException {
    try (FakeTarget target = noting("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nETag: x\r\n\r\n");
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      H2Peer.Answer answer = client.ask(H2Peer.headers("HEAD", "/"));
      assertEquals("1000", answer.first("content-length"));
      assertEquals("", answer.body());
      assertTrue(answer.isWhole());
    }
  }

  @Test
  void informationalAnswersPassInOrder() throws IOException {
    try (FakeTarget target =
            noting(
                "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n"
                    + "Connection: close\r\n\r\n"
                    + FakeTarget.ok("ok"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      for (int i = 0; i < 2; i++) {
        H2Peer.Answer answer = client.ask(H2Peer.get("/"));
        assertEquals(200, answer.status());
        assertEquals("ok", answer.body());
        assertEquals(2, answer.interim().size());
        assertEquals("102", answer.interim().get(0).status().toString());
        assertEquals("{:status=103, link=</a>}", H2Peer.lines(answer.interim().get(1)).toString());
      }
    }
  }

  @Test
  void aClientThatWaitsToBeAskedForItsBodyIsAsked() throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      int stream =
          client.open(
              H2Peer.headers("POST", "/").add("expect", "100-continue").add("content-length", "4"),
              false);
      H2Peer.Head go = (H2Peer.Head) client.next(stream);
      assertEquals("100", go.headers().status().toString());
      client.data(stream, "body", true);
      assertEquals(200, client.answer(stream).status());
      assertEquals("body", seen.get(0).body());
    }
  }

  // ---- many streams, and their pace

  @Test
  void aSlowAnswerDoesNotHoldUpAnother() throws IOException {
    AtomicBoolean go = new AtomicBoolean();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage asked;
                  while ((asked = connection.request()) != null) {
                    if (asked.word(1).equals("/slow")) {
                      Await.until("go", go::get);
                    }
                    connection.send(FakeTarget.ok(asked.word(1)));
                  }
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      int slow = client.open(H2Peer.get("/slow"), true);
      assertEquals("/quick", client.ask(H2Peer.get("/quick")).body());
      go.set(true);
      assertEquals("/slow", client.answer(slow).body());
    }
  }

  @Test
  void aClientThatDoesNotTakeAnAnswerStopsItsTargetOnly() throws IOException {
    AtomicLong sent = new AtomicLong();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage asked;
                  while ((asked = connection.request()) != null) {
                    if (asked.word(1).equals("/big")) {
                      big(connection, sent);
                    } else {
                      connection.send(FakeTarget.ok("small"));
                    }
                  }
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      // The connection's window is wide enough for the others.
      client.widen(1 << 20);
      int big = client.open(H2Peer.get("/big"), true);
      long stalled = Stall.of(sent);
      assertTrue(stalled < HELD_AT_MOST, stalled + " bytes are held");
      assertEquals("small", client.ask(H2Peer.get("/")).body());
      long got = 0;
      boolean end = false;
      while (!end) {
        if (client.next(big) instanceof H2Peer.Data data) {
          got += data.text().length();
          end = data.end();
        }
      }
      assertEquals(BIG, got);
    }
  }

  /** A target that pauses behind each piece has each one passed on at once, and none held back. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1_000_000})
  void aClientThatTakesNothingMakesNoStreamHoldMuch(long pauseNanos) throws IOException {
    int streams = 20;
    AtomicLong sent = new AtomicLong();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.socket().setSendBufferSize(PIECE / 4);
                  big(connection, sent, PIECE / 4, pauseNanos);
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      for (int i = 0; i < streams; i++) {
        client.open(H2Peer.get("/"), true);
      }
      long stalled = Stall.of(sent);
      assertTrue(stalled < streams * STREAM_HELD_AT_MOST, stalled + " bytes are held");
    }
  }

  private static void big(RawConnection connection, AtomicLong sent) throws IOException {
    big(connection, sent, PIECE, 0);
  }

  private static void big(RawConnection connection, AtomicLong sent, int pieceBytes, long pause)
      throws IOException {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + BIG + "\r\n\r\n");
    OutputStream out = connection.socket().getOutputStream();
    byte[] piece = new byte[pieceBytes];
    while (sent.get() < BIG) {
      out.write(piece);
      sent.addAndGet(pieceBytes);
      LockSupport.parkNanos(pause);
    }
  }

  @Test
  void aTargetThatDoesNotReadStopsItsRequestOnly() throws IOException {
    AtomicBoolean go = new AtomicBoolean();
    AtomicLong received = new AtomicLong();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage head;
                  while ((head = connection.head()) != null) {
                    if (head.word(0).equals("POST")) {
                      Await.until("go", go::get);
                      received.set(connection.requestBody(head).body().length());
                    }
                    connection.send(FakeTarget.ok("done"));
                  }
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      int stream = client.open(H2Peer.headers("POST", "/"), false);
      AtomicLong sent = new AtomicLong();
      int total = 16 << 20;
      Thread sender =
          new Thread(
              () -> {
                String piece = "x".repeat(PIECE);
                for (int i = 0; i < total / PIECE; i++) {
                  client.data(stream, piece, i == total / PIECE - 1);
                  sent.addAndGet(PIECE);
                }
              });
      sender.setDaemon(true);
      sender.start();
      long stalled = Stall.of(sent);
      assertTrue(stalled < total, stalled + " bytes are held");
      assertEquals("done", client.ask(H2Peer.get("/")).body());
      go.set(true);
      assertEquals("done", client.answer(stream).body());
      assertEquals(total, received.get());
    }
  }

  @Test
  void anAnswerBeforeTheEndOfTheRequestStopsTheClient() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage head = connection.theHead();
                  connection.send(
                      "HTTP/1.1 "
                          + (head.word(0).equals("GET") ? 200 : 413)
                          + " x\r\nContent-Length: 2\r\n\r\nno");
                  connection.rest();
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      int stream = client.open(H2Peer.headers("POST", "/"), false);
      client.data(stream, "begins", false);
      H2Peer.Answer answer = client.answer(stream);
      assertEquals(413, answer.status());
      assertEquals("no", answer.body());
      H2Peer.Reset reset = (H2Peer.Reset) client.next(stream);
      assertEquals(Http2Error.NO_ERROR.code(), reset.code());
      assertEquals(200, client.ask(H2Peer.get("/")).status());
    }
  }

  // ---- what breaks

  @Test
  void aTargetThatDiesInTheMiddleResetsTheStream() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage asked = connection.theRequest();
                  if (asked.word(1).equals("/cut")) {
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                  } else if (asked.word(1).equals("/cut-chunks")) {
                    connection.send(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
                  } else {
                    connection.send(FakeTarget.ok("whole"));
                  }
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      for (String path : List.of("/cut", "/cut-chunks")) {
        H2Peer.Answer answer = client.ask(H2Peer.get(path));
        assertEquals(Http2Error.INTERNAL_ERROR.code(), answer.reset());
      }
      assertEquals("whole", client.ask(H2Peer.get("/")).body());
    }
  }

  @Test
  void aClientThatGivesUpEndsTheRequestToTheTarget() throws IOException {
    AtomicBoolean asked = new AtomicBoolean();
    AtomicBoolean gone = new AtomicBoolean();
    List<Outcome> told = new CopyOnWriteArrayList<>();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  asked.set(true);
                  connection.rest();
                  gone.set(true);
                });
        TestRouter router = router(told::add, target, "");
        H2Peer client = H2Peer.to(router.port())) {
      int stream = client.open(H2Peer.get("/"), true);
      Await.until("asked", asked::get);
      client.reset(stream);
      Await.until("the target has noticed", gone::get);
      Await.until("told", () -> told.size() == 1);
      assertEquals(Failure.CLIENT_GONE, ((Outcome.Failed) told.get(0)).failure());
    }
  }

  @Test
  void aConnectionThatBreaksEndsAllItsRequests() throws IOException {
    AtomicLong asked = new AtomicLong();
    AtomicLong gone = new AtomicLong();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  asked.incrementAndGet();
                  connection.rest();
                  gone.incrementAndGet();
                });
        TestRouter router = router(target)) {
      try (H2Peer client = H2Peer.to(router.port())) {
        for (int i = 0; i < 3; i++) {
          client.open(H2Peer.get("/"), true);
        }
        Await.until("asked", () -> asked.get() == 3);
      }
      Await.until("the targets have noticed", () -> gone.get() == 3);
    }
  }

  // ---- limits

  @Test
  void manyStreamsAreAllowedAndNotMore() throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      assertEquals(Http2Limits.STREAMS, client.allowedStreams());
    }
  }

  @Test
  void requestsThatAreCancelledAtOnceEndTheConnection() throws IOException {
    try (FakeTarget target = new FakeTarget((connection, number) -> connection.rest());
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      for (int i = 0; i < Http2Limits.RESETS + 100 && client.isOpen(); i++) {
        try {
          client.reset(client.open(H2Peer.get("/"), true));
        } catch (RuntimeException closed) {
          break;
        }
      }
      Await.until("closed", () -> !client.isOpen());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "settings"})
  void framesThatAskForNothingEndTheConnectionWhenTheyAreTooMany(String kind) throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      assertEquals(200, client.ask(H2Peer.get("/")).status());
      if (kind.equals("ping")) {
        client.ping(3000);
      } else {
        client.settings(3000);
      }
      // The reason is sent, but may be overtaken by the reset that unread frames cause.
      Await.until("closed", () -> !client.isOpen());
    }
  }

  @Test
  void theLimitsOfAListenerHoldForEachRequest() throws IOException {
    try (FakeTarget target = new FakeTarget((connection, number) -> connection.rest());
        TestRouter router = router(Observer.NONE, target, ";rt=100ms");
        H2Peer client = H2Peer.to(router.port())) {
      int stream = client.open(H2Peer.headers("POST", "/"), false);
      client.data(stream, "begins", false);
      assertEquals(504, client.answer(stream).status());
    }
    try (FakeTarget target = new FakeTarget((connection, number) -> connection.rest());
        TestRouter router = router(Observer.NONE, target, ";wt=100ms");
        H2Peer client = H2Peer.to(router.port())) {
      assertFalse(client.ask(H2Peer.get("/")).isWhole());
    }
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(Observer.NONE, target, ";it=300ms");
        H2Peer client = H2Peer.to(router.port())) {
      assertEquals("ok", client.ask(H2Peer.get("/")).body());
      assertEquals(Http2Error.NO_ERROR.code(), client.goAway());
      Await.until("closed", () -> !client.isOpen());
    }
  }

  @Test
  void aRequestThatWasOnItsWayWhenTheListenerSaidGoAwayIsServed() throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      assertEquals("ok", client.ask(H2Peer.get("/")).body());
      Future<Void> drained = router.listener().drain(Duration.ofSeconds(60));
      assertEquals(Integer.MAX_VALUE, client.nextGoAway().last());

      int stream = client.open(H2Peer.get("/"), true);

      assertEquals("ok", client.answer(stream).body());
      assertEquals(stream, client.nextGoAway().last());
      Await.until("drained", drained::isComplete);
    }
  }

  @Test
  void aDrainedListenerSaysGoAwayAndFinishesWhatRuns() throws IOException {
    AtomicBoolean asked = new AtomicBoolean();
    AtomicBoolean go = new AtomicBoolean();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  asked.set(true);
                  Await.until("go", go::get);
                  connection.send(FakeTarget.ok("finished"));
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      int stream = client.open(H2Peer.get("/"), true);
      Await.until("asked", asked::get);
      Future<Void> drained = router.listener().drain(Duration.ofSeconds(60));
      assertEquals(Http2Error.NO_ERROR.code(), client.goAway());
      go.set(true);
      assertEquals("finished", client.answer(stream).body());
      Await.until("drained", drained::isComplete);
    }
  }

  // ---- h2c

  @Test
  void http1IsSpokenOnTheSameListener() throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4\r\n\r\nbody"
              + "GET /two HTTP/1.1\r\nHost: a.test\r\n\r\n");
      assertEquals("ok", client.theAnswer("POST").body());
      assertEquals("ok", client.theAnswer("GET").body());
      assertEquals("body", seen.get(0).body());
    }
  }

  /** What is no request of HTTP/2 is answered as if there were no offer. */
  @ParameterizedTest
  @CsvSource({
    "/,Host: a.test,101",
    "/,Host: a.test~: v,400",
    "/,Host: a.test~x(y: v,400",
    "/,X: y,400",
    "/,Host: a.test~Host: b.test,400",
    "http://a.test/,Host: b.test,200",
  })
  void anOfferThatCannotBeTakenUpIsPassedOver(String path, String lines, int status)
      throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(
          "GET " + path + " HTTP/1.1\r\n" + lines.replace("~", "\r\n") + "\r\n" + OFFER + "\r\n");
      assertEquals(status, client.theHead().status());
    }
  }

  /** The second is not in the form of HTTP/2, but not meant for it either. */
  @ParameterizedTest
  @ValueSource(strings = {"/ws", "http://a.test/ws"})
  void anotherOfferIsPassedOn(String target) throws IOException {
    try (FakeTarget upstream = noting(FakeTarget.ok("ok"));
        TestRouter router = router(upstream);
        RawConnection client = router.connect()) {
      client.send(
          "GET "
              + target
              + " HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
      assertEquals("ok", client.theAnswer("GET").body());
      assertEquals(List.of("websocket"), seen.get(0).all("Upgrade"));
    }
  }

  @Test
  void anOfferBehindAProxyHeaderIsLookedAtToo() throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(Observer.NONE, target, ";pxyproto=true");
        RawConnection client = router.connect()) {
      client.send(
          "PROXY TCP4 9.9.9.9 127.0.0.1 1111 80\r\nGET / HTTP/1.1\r\nHost: a.test\r\n: v\r\n"
              + OFFER
              + "\r\n");
      assertEquals(400, client.theHead().status());
    }
  }

  @Test
  void withoutBeingAskedForItIsNotSpoken() throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router =
            TestRouter.start("route add a a.test/ http://" + target.address() + "/");
        RawConnection client = router.connect()) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      RawMessage answer = client.theAnswer("PRI");
      assertEquals(505, answer.status());
    }
  }

  @Test
  void aConnectionThatSaysNothingWholeIsClosed() throws IOException {
    try (FakeTarget target = noting(FakeTarget.ok("ok"));
        TestRouter router = router(Observer.NONE, target, ";rt=200ms");
        RawConnection client = router.connect()) {
      client.send("GET / HT");
      assertTrue(client.closesWithin(5000));
    }
  }
}
