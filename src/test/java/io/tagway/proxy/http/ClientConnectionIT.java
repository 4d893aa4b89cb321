package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may send, and how long they may take. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is the point
class ClientConnectionIT {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private static TestRouter router(FakeTarget target, String... args) {
    return TestRouter.start("route add a a.test/ http://" + target.address() + "/", args);
  }

  private static TestRouter limited(FakeTarget target, String limits) {
    return router(target, "-proxy.addr", "127.0.0.1:0;" + limits);
  }

  /** A body waits with its request, whoever answers that. */
  @Test
  void whatIsSentAheadIsAnsweredAsTheClientReads() throws IOException {
    int answers = 300;
    String body = "b".repeat(40_000);
    AtomicLong asked = new AtomicLong();
    List<String> bodies = new CopyOnWriteArrayList<>();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage request;
                  while ((request = connection.request()) != null) {
                    asked.incrementAndGet();
                    bodies.add(request.body());
                    connection.send(FakeTarget.ok(body));
                  }
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      String post = "POST / HTTP/1.1\r\nHost: %s\r\nContent-Length: 4\r\n\r\nbody";
      client.send((post.formatted("a.test") + post.formatted("b.test")).repeat(answers));
      long before = Stall.of(asked);
      assertTrue(before < answers, before + " answers are held for a client that reads none");
      for (int i = 0; i < answers; i++) {
        assertEquals(body, client.theAnswer("POST").body());
        assertEquals(404, client.theAnswer("POST").status());
      }
      assertEquals(Collections.nCopies(answers, "body"), bodies);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GARBAGE|400",
        "GET / HTTP/1.1|400", // no Host
        "GET / HTTP/1.1~Host: a.test~Host: b.test|400",
        "GET / HTTP/1.1~Host: a b|400",
        "GET / HTTP/1.1~Host: a.test/x|400",
        "GET foo HTTP/1.1~Host: a.test|400",
        "GET /%zz HTTP/1.1~Host: a.test|400",
        "GET /%4 HTTP/1.1~Host: a.test|400",
        "GET http:foo HTTP/1.1~Host: a.test|400",
        "GET / HTTP/1.1~Host: a.test~X y: 1|400",
        "GET / HTTP/1.1~Host: a.test~X: a\u0001b|400",
        "GET / HTTP/1.1~Host : a.test|400",
        "GET / HTTP/1.1~Host: a.test~ folded: 1|400",
        "POST / HTTP/1.1~Host: a.test~Content-Length: 1~Content-Length: 2|400",
        "POST / HTTP/1.1~Host: a.test~Content-Length: 1~Content-Length: 1|400",
        "POST / HTTP/1.1~Host: a.test~Content-Length: -1|400",
        "POST / HTTP/1.1~Host: a.test~Content-Length: 1x|400",
        "POST / HTTP/1.1~Host: a.test~Content-Length: 3~Transfer-Encoding: chunked|400",
        "POST / HTTP/1.0~Host: a.test~Transfer-Encoding: chunked|400",
        "POST / HTTP/1.1~Host: a.test~Transfer-Encoding: gzip|501",
        "POST / HTTP/1.1~Host: a.test~Transfer-Encoding: gzip, chunked|501",
        "POST / HTTP/1.1~Host: a.test~Transfer-Encoding: chunked, chunked|501",
        "GET / HTTP/2.0~Host: a.test|505",
        "GET / HTTP/1.7~Host: a.test|505",
        "GET / HTTP/0.9~Host: a.test|505",
        "GET / HTTX/1.1~Host: a.test|400",
        "GET / http/1.1~Host: a.test|400",
        "GET / HTTP/1.1~Host: a.test~Expect: rabbits|417"
      })
  void aRequestThatCannotBeReadIsRefusedAndTheConnectionEnds(String head, int status)
      throws IOException {
    try (FakeTarget target = FakeTarget.saying("never");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(head.replace("~", "\r\n") + "\r\n\r\n" + GET);

      RawMessage answer = client.answer("GET");

      assertNotNull(answer, head);
      assertEquals(status, answer.status(), head);
      assertEquals("HTTP/1", answer.word(0).split("\\.")[0], head);
      assertEquals("close", answer.first("Connection"));
      assertEquals("text/plain; charset=utf-8", answer.first("Content-Type"));
      assertTrue(answer.body().startsWith(status + " "), answer.body());
      assertTrue(client.closesWithin(5000));
      assertEquals(0, target.accepted());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\nHost: a.test\n\n", "GET / HTTP/1.1\rHost: a.test\r\r"})
  void linesEndWithCrLfAndNothingElse(String request) throws IOException {
    try (FakeTarget target = FakeTarget.saying("never");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(request + "\r\n\r\n");

      RawMessage answer = client.answer("GET");

      assertTrue(answer == null || answer.status() == 400, String.valueOf(answer));
      assertEquals(0, target.accepted());
    }
  }

  @Test
  void aHeadOf200KilobytesPassesAndOneOf300IsRefused() throws IOException {
    try (FakeTarget target = FakeTarget.saying("ok");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a.test\r\nX: " + "x".repeat(200 << 10) + "\r\n\r\n");
      RawMessage passed = client.answer("GET");
      client.send("GET / HTTP/1.1\r\nHost: a.test\r\nX: " + "x".repeat(300 << 10) + "\r\n\r\n");
      RawMessage refused = client.answer("GET");

      assertNotNull(passed);
      assertNotNull(refused);
      assertEquals(200, passed.status());
      assertEquals(431, refused.status());
      assertTrue(client.closesWithin(5000));
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage request;
                  while ((request = connection.request()) != null) {
                    connection.send(FakeTarget.ok(request.word(1) + request.body()));
                  }
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        all.append("POST /").append(i).append(" HTTP/1.1\r\nHost: a.test\r\n");
        all.append(
            i % 2 == 0
                ? "Content-Length: 3\r\n\r\nabc"
                : "Transfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n");
        all.append("GET /g").append(i).append(" HTTP/1.1\r\nHost: ");
        all.append(i % 5 == 0 ? "nowhere" : "a.test").append("\r\n\r\n");
      }
      client.send(all.toString());

      for (int i = 0; i < 50; i++) {
        RawMessage post = client.answer("POST");
        RawMessage get = client.answer("GET");
        assertNotNull(post);
        assertNotNull(get);
        assertEquals("/" + i + (i % 2 == 0 ? "abc" : "de"), post.body());
        assertEquals(i % 5 == 0 ? "" : "/g" + i, get.body());
      }
      // The next request is begun before all that belongs to the last answer is read.
      assertTrue(target.accepted() <= 2, target.accepted() + " connections");
    }
  }

  @Test
  void aTargetThatAnswersEarlyIsHeardAndTheConnectionEnds() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.head();
                  connection.send(
                      "HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n"
                          + "Connection: close\r\n\r\nbig");
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1000000000\r\n\r\n"
              + "x".repeat(100_000));

      RawMessage answer = client.answer("POST");

      assertNotNull(answer);
      assertEquals(413, answer.status());
      assertEquals("big", answer.body());
      assertEquals("close", answer.first("Connection"));
      assertTrue(client.closesWithin(5000));
    }
  }

  @Test
  void aClientThatWaitsToBeAskedIsAskedOnceThereIsSomebodyToSendItTo() throws IOException {
    try (FakeTarget target = FakeTarget.saying("ok");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      RawMessage go = client.head();
      assertNotNull(go);
      assertEquals(100, go.status());
      client.send("hello");

      RawMessage answer = client.answer("POST");

      assertNotNull(answer);
      assertEquals("ok", answer.body());
      assertEquals("hello", target.seen.get(0).body());
      assertEquals("100-continue", target.seen.get(0).first("Expect"));
    }
  }

  @Test
  void aClientThatWaitsToBeAskedIsToldNoWithoutSending() throws IOException {
    try (FakeTarget target = FakeTarget.saying("never");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: nowhere\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");

      RawMessage answer = client.answer("POST");

      assertNotNull(answer);
      assertEquals(404, answer.status());
      assertEquals("close", answer.first("Connection"));
      assertTrue(client.closesWithin(5000));
    }
  }

  @Test
  void anUnwantedBodyIsReadIfShortSoThatTheConnectionStays() throws IOException {
    try (FakeTarget target = FakeTarget.saying("ok");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: nowhere\r\nContent-Length: 100000\r\n\r\n"
              + "x".repeat(100_000)
              + GET);

      RawMessage refused = client.answer("POST");
      RawMessage next = client.answer("GET");

      assertNotNull(refused);
      assertNotNull(next);
      assertEquals(404, refused.status());
      assertEquals("ok", next.body());
    }
  }

  @Test
  void aBrokenChunkEndsTheConnectionAndTheRequestAtTheTarget() throws IOException {
    List<String> ends = new CopyOnWriteArrayList<>();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage head = connection.head();
                  assertNotNull(head);
                  ends.add("head");
                  ends.add(Boolean.toString(connection.requestBody(head).complete()));
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(
          "POST / HTTP/1.1\r\n"
              + "Host: a.test\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + "3\r\n"
              + "abc\r\n");
      Await.atLeast(ends::size, 1);
      client.send("zz\r\n");

      assertTrue(client.closesWithin(5000));
      Await.atLeast(ends::size, 2);
      assertEquals(List.of("head", "false"), ends);
    }
  }

  @Test
  void readLimitCutsAHeadThatDoesNotEnd() throws IOException {
    try (FakeTarget target = FakeTarget.saying("ok");
        TestRouter router = limited(target, "rt=300ms");
        RawConnection client = router.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a.test\r\n");
      for (int i = 0; i < 3; i++) {
        assertFalse(client.closesWithin(50));
        client.send("X: 1\r\n");
      }

      assertTrue(client.closesWithin(5000));
    }
  }

  @Test
  void readLimitCutsABodyThatDoesNotEnd() throws IOException {
    try (FakeTarget target = FakeTarget.saying("never");
        TestRouter router = limited(target, "rt=300ms");
        RawConnection client = router.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 9\r\n\r\nabc");

      RawMessage answer = client.answer("POST");

      assertNotNull(answer);
      assertEquals(504, answer.status());
      assertTrue(client.closesWithin(5000));
    }
  }

  @Test
  void readLimitDoesNotCountTheAnswer() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  for (int i = 0; i < 10; i++) {
                    connection.send("1\r\nx\r\n");
                    assertFalse(connection.closesWithin(60));
                  }
                  connection.send("0\r\n\r\n");
                });
        TestRouter router = limited(target, "rt=300ms");
        RawConnection client = router.connect()) {
      client.send(GET);

      RawMessage answer = client.answer("GET");

      assertNotNull(answer);
      assertEquals("x".repeat(10), answer.body());
    }
  }

  @Test
  void writeLimitCutsAnAnswerThatDoesNotEnd() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
                  connection.rest();
                });
        TestRouter router = limited(target, "wt=300ms");
        RawConnection client = router.connect()) {
      client.send(GET);

      RawMessage answer = client.answer("GET");

      assertNotNull(answer);
      assertFalse(answer.complete());
      assertEquals("abc", answer.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"it=300ms", "rt=300ms", "it=300ms;rt=1h", "rt=300ms;wt=1h"})
  void anIdleConnectionIsClosedAfterTheIdleLimitElseTheReadLimit(String limits) throws IOException {
    try (FakeTarget target = FakeTarget.saying("ok");
        TestRouter router = limited(target, limits);
        RawConnection silent = router.connect();
        RawConnection client = router.connect()) {
      for (int i = 0; i < 5; i++) {
        client.send(GET);
        assertNotNull(client.answer("GET"));
        assertFalse(client.closesWithin(100));
      }

      assertTrue(client.closesWithin(5000));
      assertTrue(silent.closesWithin(5000));
    }
  }

  @Test
  void withoutLimitsAnIdleConnectionStays() throws IOException {
    try (FakeTarget target = FakeTarget.saying("ok");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(GET);
      assertNotNull(client.answer("GET"));

      assertFalse(client.closesWithin(700));
    }
  }

  @ParameterizedTest
  @CsvSource({"OPTIONS, *, 200", "GET, *, 404", "CONNECT, a.test:443, 404"})
  void formsWithoutAPath(String method, String form, int status) throws IOException {
    try (FakeTarget target = FakeTarget.saying("never");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(method + " " + form + " HTTP/1.1\r\nHost: a.test\r\n\r\n");

      RawMessage answer = client.answer(method);

      assertNotNull(answer);
      assertEquals(status, answer.status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {": v", ":v", ":path: /x"})
  void aHeaderWithoutANameIsRefused(String line) throws IOException {
    try (FakeTarget target = FakeTarget.saying("ok");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a.test\r\n" + line + "\r\n\r\n");
      RawMessage answer = client.theAnswer("GET");
      assertEquals(400, answer.status());
      assertTrue(client.closesWithin(5000));
    }
  }

  @Test
  void anHttp10ClientThatKeepsItsConnectionGetsNoChunks() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  while (connection.request() != null) {
                    connection.send(
                        "HTTP/1.1 200 OK\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + "2\r\n"
                            + "ab\r\n"
                            + "0\r\n\r\n");
                  }
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send("GET / HTTP/1.0\r\nHost: a.test\r\nConnection: keep-alive\r\n\r\n");

      RawMessage answer = client.answer("GET");

      assertNotNull(answer);
      assertEquals("ab", answer.body());
      assertEquals("close", answer.first("Connection"));
      assertEquals(List.of(), answer.all("Transfer-Encoding"));
      assertTrue(client.closesWithin(5000));
    }
  }

  @Test
  void noRoutePageForGetAndHead() throws IOException {
    try (FakeTarget target = FakeTarget.saying("never");
        TestRouter router = router(target, "-registry.static.noroutehtml", "<html>no</html>");
        RawConnection client = router.connect()) {
      List<RawMessage> answers = new ArrayList<>();
      for (String method : List.of("GET", "HEAD", "POST")) {
        client.send(method + " / HTTP/1.1\r\nHost: nowhere\r\n\r\n");
        RawMessage answer = client.answer(method);
        assertNotNull(answer);
        answers.add(answer);
      }

      for (RawMessage answer : answers) {
        assertEquals(404, answer.status());
        assertEquals("15", answer.first("Content-Length"));
        assertEquals("text/html; charset=utf-8", answer.first("Content-Type"));
      }
      assertEquals("<html>no</html>", answers.get(0).body());
      assertEquals("", answers.get(1).body());
    }
  }
}
