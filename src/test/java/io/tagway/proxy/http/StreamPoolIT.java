package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What connections of HTTP/2 to targets carry, asked for in HTTP/1. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is the point
class StreamPoolIT {
  private static final String GET = "GET /p?q=1 HTTP/1.1\r\nHost: a.test\r\n\r\n";

  /** Netty leaves 1 to upgrades. */
  private static final int FIRST = 3;

  private static TestRouter router(StreamTarget target, String... args) {
    return TestRouter.start("route add a a.test/ grpc://" + target.address(), args);
  }

  private static String post(String body) {
    return "POST /p HTTP/1.1\r\nHost: a.test\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static RawMessage ask(RawConnection client, String request) throws IOException {
    client.send(request);
    return answer(client, new ArrayList<>());
  }

  private static RawMessage answer(RawConnection client, List<RawMessage> interim)
      throws IOException {
    RawMessage answer = client.answer("GET", interim, piece -> {});
    assertNotNull(answer);
    return answer;
  }

  private static String text(StreamTarget.Request request) {
    return StreamSupport.stream(request.head.spliterator(), false)
        .map(line -> line.getKey() + ": " + line.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static Optional<StreamTarget.Request> with(StreamTarget target, String body) {
    return target.requests.stream().filter(one -> one.body.toString().equals(body)).findFirst();
  }

  @Test
  void aRequestAndItsAnswerAreCarriedWhole() throws IOException {
    try (StreamTarget target =
            new StreamTarget(
                request -> {
                  request.headers(false, ":status", "103", "link", "</a.css>");
                  request.headers(false, ":status", "201", "x-one", "1", "set-cookie", "a=b");
                  request.data(false, new byte[] {'h', 'e', 'l'});
                  request.data(false, new byte[] {'l', 'o'});
                  request.headers(true, "x-sum", "5");
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(
          "POST /p?q=1 HTTP/1.1\r\nHost: a.test\r\nX-Mixed: Case\r\nTE: trailers\r\n"
              + "Connection: X-Gone\r\nX-Gone: 1\r\nKeep-Alive: 5\r\n"
              + "Transfer-Encoding: chunked\r\nTrailer: X-End\r\n\r\n"
              + "4\r\nbody\r\n0\r\nX-End: yes\r\n\r\n");
      List<RawMessage> interim = new ArrayList<>();
      RawMessage answer = answer(client, interim);
      assertEquals(List.of(103), interim.stream().map(RawMessage::status).toList());
      assertEquals("</a.css>", interim.get(0).first("link"));
      assertEquals(201, answer.status());
      assertEquals("1", answer.first("x-one"));
      assertEquals("hello", answer.body());
      assertEquals(List.of(new RawMessage.Line("x-sum", "5")), answer.trailers());

      StreamTarget.Request seen = target.requests.get(0);
      assertEquals("POST", seen.head.method().toString());
      assertEquals("/p?q=1", seen.head.path().toString());
      assertEquals("http", seen.head.scheme().toString());
      assertEquals("a.test", seen.head.authority().toString());
      assertEquals("Case", String.valueOf(seen.head.get("x-mixed")));
      assertEquals("trailers", String.valueOf(seen.head.get("te")));
      for (String name :
          List.of("connection", "keep-alive", "transfer-encoding", "host", "x-gone")) {
        assertFalse(seen.head.contains(name), name + " in\n" + text(seen));
      }
      assertEquals("body", seen.body.toString());
      assertEquals(List.of("x-end: yes"), seen.trailers);
    }
  }

  @Test
  void manyRequestsShareAConnectionUpToTheLimitOfTheTarget() throws IOException {
    Http2Settings two = Http2Settings.defaultSettings().maxConcurrentStreams(2);
    try (StreamTarget target = new StreamTarget(two, request -> {});
        TestRouter router = router(target);
        RawConnection a = router.connect();
        RawConnection b = router.connect();
        RawConnection c = router.connect()) {
      for (RawConnection client : List.of(a, b, c)) {
        client.send(GET);
      }
      Await.atLeast(target.requests::size, 3);
      assertEquals(2, target.connections.size());
      target.requests.forEach(request -> request.ok("done"));
      for (RawConnection client : List.of(a, b, c)) {
        assertEquals("done", answer(client, new ArrayList<>()).body());
      }
    }
  }

  @Test
  void whatWaitsForAPlaceGetsTheNextOne() throws IOException {
    Http2Settings one = Http2Settings.defaultSettings().maxConcurrentStreams(1);
    try (StreamTarget target = new StreamTarget(one, request -> {});
        TestRouter router = router(target, "-proxy.maxconn", "1");
        RawConnection a = router.connect();
        RawConnection b = router.connect()) {
      a.send(GET);
      Await.atLeast(target.requests::size, 1);
      b.send(GET);
      target.requests.get(0).ok("first");
      assertEquals("first", answer(a, new ArrayList<>()).body());
      Await.atLeast(target.requests::size, 2);
      target.requests.get(1).ok("second");
      assertEquals("second", answer(b, new ArrayList<>()).body());
      assertEquals(1, target.connections.size());
    }
  }

  @Test
  void whatATargetThatGoesAwayHasNotLookedAtIsSentAgain() throws IOException {
    try (StreamTarget target =
            new StreamTarget(
                request -> {
                  boolean second = request.body.toString().equals("second");
                  if (second && request.id() > FIRST) {
                    request.goAway(FIRST);
                  } else if (second) {
                    request.ok("again");
                  }
                });
        TestRouter router = router(target);
        RawConnection a = router.connect();
        RawConnection b = router.connect()) {
      a.send(post("first"));
      Await.atLeast(target.requests::size, 1);
      assertEquals("again", ask(b, post("second")).body());
      assertEquals(2, target.connections.size());
      // The one it had looked at goes on to its end.
      with(target, "first").orElseThrow().ok("still");
      assertEquals("still", answer(a, new ArrayList<>()).body());
      Await.until("closed", () -> !target.connections.get(0).isActive());
    }
  }

  @Test
  void aRefusedRequestIsSentAgainButNotForEver() throws IOException {
    try (StreamTarget target =
            new StreamTarget(
                request -> {
                  if (request.body.toString().equals("never") || request.id() == FIRST) {
                    request.reset(Http2Error.REFUSED_STREAM);
                  } else {
                    request.ok(request.body.toString());
                  }
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      assertEquals("x", ask(client, post("x")).body());
      assertEquals(2, target.requests.size());
      assertEquals(503, ask(client, post("never")).status());
      assertEquals(5, target.requests.size());
    }
  }

  @Test
  void aRequestThatMayHaveBeenLookedAtIsNotSentAgain() throws IOException {
    try (StreamTarget target =
            new StreamTarget(request -> request.reset(Http2Error.INTERNAL_ERROR));
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      assertEquals(502, ask(client, post("x")).status());
      assertEquals(1, target.requests.size());
    }
  }

  @Test
  void aConnectionThatDiesIsReplaced() throws IOException {
    try (StreamTarget target =
            new StreamTarget(
                request -> {
                  if (request.body.toString().equals("die")) {
                    request.close();
                  } else {
                    request.ok("alive");
                  }
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      assertEquals(502, ask(client, post("die")).status());
      assertEquals("alive", ask(client, post("x")).body());
      assertEquals(2, target.connections.size());
    }
  }

  @Test
  void anAnswerThatIsCutDoesNotLookWhole() throws IOException {
    try (StreamTarget target =
            new StreamTarget(
                request -> {
                  request.headers(false, ":status", "200");
                  request.data(false, new byte[] {'h'});
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(GET);
      RawMessage head = client.head();
      assertNotNull(head);
      target.requests.get(0).reset(Http2Error.INTERNAL_ERROR);
      assertFalse(client.chunked(head, piece -> {}).complete());
    }
  }

  @Test
  void aClientThatGoesAwayEndsItsStreamOnly() throws IOException {
    try (StreamTarget target = new StreamTarget(request -> {});
        TestRouter router = router(target);
        RawConnection stays = router.connect()) {
      stays.send(post("stays"));
      Await.atLeast(target.requests::size, 1);
      try (RawConnection goes = router.connect()) {
        goes.send(post("goes"));
        Await.atLeast(target.requests::size, 2);
      }
      Await.atLeast(target.resets::size, 1);
      assertEquals(List.of(Http2Error.CANCEL.code()), target.resets);
      with(target, "stays").orElseThrow().ok("ok");
      assertEquals("ok", answer(stays, new ArrayList<>()).body());
      assertEquals(1, target.connections.size());
    }
  }

  @Test
  void aClientThatDoesNotReadStopsNobodyElse() throws IOException {
    byte[] piece = new byte[64 << 10];
    try (StreamTarget target =
            new StreamTarget(
                request -> {
                  if (request.body.toString().equals("much")) {
                    request.headers(false, ":status", "200");
                    for (int i = 0; i < 200; i++) {
                      request.data(i == 199, piece);
                    }
                  } else {
                    request.ok("quick");
                  }
                });
        TestRouter router = router(target);
        RawConnection slow = router.connect();
        RawConnection quick = router.connect()) {
      slow.send(post("much"));
      Await.atLeast(target.requests::size, 1);
      for (int i = 0; i < 20; i++) {
        assertEquals("quick", ask(quick, GET).body());
      }
      assertEquals(200 * piece.length, answer(slow, new ArrayList<>()).body().length());
      assertEquals(1, target.connections.size());
    }
  }

  @Test
  void aTargetThatSpeaksSomethingElseIsA502() throws IOException {
    try (FakeTarget target = FakeTarget.saying("one");
        TestRouter router = TestRouter.start("route add a a.test/ grpc://" + target.address());
        RawConnection client = router.connect()) {
      assertEquals(502, ask(client, GET).status());
    }
  }

  @Test
  void aTargetThatSaysNothingIsGivenUpInTime() throws IOException {
    try (FakeTarget target = new FakeTarget((connection, number) -> connection.rest());
        TestRouter router =
            TestRouter.start(
                "route add a a.test/ grpc://" + target.address(), "-proxy.dialtimeout", "300ms");
        RawConnection client = router.connect()) {
      assertEquals(504, ask(client, GET).status());
    }
  }

  @Test
  void streamsOfATargetThatIsGoneAreCutAfterAWhile() throws IOException {
    try (StreamTarget target = new StreamTarget(request -> {});
        TestRouter router = router(target, "-proxy.grpcshutdowntimeout", "300ms");
        RawConnection client = router.connect()) {
      client.send(GET);
      Await.atLeast(target.requests::size, 1);
      router.routes("route add b b.test/ http://127.0.0.1:1/");
      assertEquals(502, answer(client, new ArrayList<>()).status());
      Await.until("closed", () -> target.connections.stream().noneMatch(Channel::isActive));
    }
  }

  @Test
  void idleConnectionsGo() throws IOException {
    try (StreamTarget target = new StreamTarget(request -> request.ok("ok"));
        TestRouter router = router(target, "-proxy.idleconntimeout", "200ms");
        RawConnection client = router.connect()) {
      assertEquals("ok", ask(client, GET).body());
      Await.until("closed", () -> target.connections.stream().noneMatch(Channel::isActive));
      assertEquals("ok", ask(client, GET).body());
      assertTrue(target.connections.size() == 2);
    }
  }
}
