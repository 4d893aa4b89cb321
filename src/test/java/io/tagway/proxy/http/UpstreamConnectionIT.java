package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What connections to targets carry, one exchange after the other. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is the point
class UpstreamConnectionIT {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

  /** Answers the requests of each connection with these texts in turn, then closes. */
  private static FakeTarget target(String... answers) throws IOException {
    return new FakeTarget(
        (connection, number) -> {
          for (String answer : answers) {
            if (connection.request() == null) {
              return;
            }
            connection.send(answer);
          }
          connection.rest();
        });
  }

  private static TestRouter router(FakeTarget target) {
    return TestRouter.start("route add a a.test/ http://" + target.address() + "/");
  }

  private static RawMessage get(RawConnection client, List<RawMessage> interim) throws IOException {
    client.send(GET);
    RawMessage answer = client.answer("GET", interim, piece -> {});
    assertNotNull(answer);
    return answer;
  }

  private static RawMessage get(RawConnection client) throws IOException {
    return get(client, new ArrayList<>());
  }

  @Test
  void informationalAnswersPassInOrderAndTheNextRequestGetsItsOwnAnswer() throws IOException {
    String interim =
        "HTTP/1.1 100 Continue\r\nX-A: 1\r\n\r\n"
            + "HTTP/1.1 102 Processing\r\nX-B: 2\r\nConnection: X-C\r\n\r\n"
            + "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nLink: </b.css>\r\n\r\n";
    try (FakeTarget target =
            target(interim + FakeTarget.ok("one"), FakeTarget.ok("two"), FakeTarget.ok("three"));
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      List<RawMessage> seen = new ArrayList<>();

      assertEquals("one", get(client, seen).body());
      assertEquals(List.of(100, 102, 103), seen.stream().map(RawMessage::status).toList());
      assertEquals("1", seen.get(0).first("X-A"));
      assertEquals("2", seen.get(1).first("X-B"));
      assertEquals(List.of(), seen.get(1).all("Connection"));
      assertEquals(List.of("</a.css>", "</b.css>"), seen.get(2).all("Link"));
      assertEquals("two", get(client).body());
      assertEquals("three", get(client).body());
      assertEquals(1, target.accepted());
    }
  }

  @Test
  void anHttp10ClientSeesNoInformationalAnswer() throws IOException {
    try (FakeTarget target = target("HTTP/1.1 103 Early Hints\r\n\r\n" + FakeTarget.ok("one"));
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send("GET / HTTP/1.0\r\nHost: a.test\r\n\r\n");

      RawMessage answer = client.head();

      assertNotNull(answer);
      assertEquals(200, answer.status());
    }
  }

  @Test
  void answersWithoutABodyLeaveTheConnectionInStep() throws IOException {
    try (FakeTarget target =
            target(
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\nETag: \"x\"\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
                FakeTarget.ok("end"));
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      assertEquals(204, get(client).status());
      RawMessage unchanged = get(client);
      assertEquals(304, unchanged.status());
      assertEquals("\"x\"", unchanged.first("ETag"));
      for (String length : List.of("1234", "")) {
        client.send("HEAD / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        RawMessage head = client.answer("HEAD");
        assertNotNull(head);
        assertEquals(200, head.status());
        assertEquals(length, head.first("Content-Length"));
      }
      RawMessage nothing = get(client);
      assertEquals(List.of(), nothing.all("Content-Length"));
      assertEquals(List.of(), nothing.all("Transfer-Encoding"));
      assertEquals("end", get(client).body());
      assertEquals(1, target.accepted());
    }
  }

  @Test
  void anAnswerThatEndsWithItsConnectionIsWholeAndTheNextUsesAnother() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send("HTTP/1.1 200 OK\r\n\r\n");
                  connection.send("n" + number);
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      assertEquals("n1", get(client).body());
      assertEquals("n2", get(client).body());
    }
  }

  /** Answers with the number of the connection and says something else behind it. */
  private static FakeTarget sayingMore(String behind) throws IOException {
    return new FakeTarget(
        (connection, number) -> {
          while (connection.request() != null) {
            connection.send(FakeTarget.ok("n" + number) + behind);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nevil!",
        "x",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 2",
        "HTTP/1.1 299 Evil\r\n",
        "HTTP/1.1 299 Evil\r\nX-Was: ",
      })
  void bytesBehindAnAnswerNeverMeetTheNextRequest(String behind) throws IOException {
    try (FakeTarget target = sayingMore(behind);
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      // One after the other, so that the second could find the connection of the first.
      assertEquals("n1", get(client).body());
      assertEquals("n2", get(client).body());
      assertEquals(2, target.accepted());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nevil!",
        "x",
        "HTTP/1.1 299 Evil\r\nX-Was: ",
      })
  void norWhenThatIsWaitingAlready(String behind) throws IOException {
    try (FakeTarget target = sayingMore(behind);
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      // Pipelined, so that the second is sent as soon as the first is answered.
      client.send(GET + GET);

      RawMessage first = client.answer("GET");
      RawMessage second = client.answer("GET");

      assertNotNull(first);
      assertNotNull(second);
      assertEquals("n1", first.body());
      assertEquals("n2", second.body());
    }
  }

  @Test
  void aTargetThatSaysCloseIsNotAskedAgainOnThatConnection() throws IOException {
    try (FakeTarget target =
            target("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na", "never");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      assertEquals("a", get(client).body());
      assertEquals("a", get(client).body());
      assertEquals(2, target.accepted());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "garbage\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nX: a\u0001b\r\nContent-Length: 0\r\n\r\n"
      })
  void whatIsNoAnswerIsA502(String answer) throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send(answer);
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      RawMessage got = get(client);

      assertEquals(502, got.status());
      assertEquals("", got.body());
      assertEquals("0", got.first("Content-Length"));
      assertEquals(List.of(), got.all("X"));
      // The client's own connection is as good as before.
      assertEquals(502, get(client).status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5\r\nde"
      })
  void anAnswerThatBreaksOffIsCutShortForTheClientToo(String answer) throws IOException {
    AtomicInteger step = new AtomicInteger();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send(answer);
                  Await.atLeast(step::get, 1);
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(GET);
      RawMessage head = client.head();
      assertNotNull(head);
      assertEquals(200, head.status());
      step.set(1);

      RawMessage cut =
          head.first("Content-Length").isEmpty()
              ? client.chunked(head, piece -> {})
              : head.with(RawConnection.latin1(client.rest()), List.of(), false);

      assertTrue(cut.body().startsWith("abc"), cut.body());
      assertFalse(cut.complete());
    }
  }

  @Test
  void theBytesOfHeadersAreNotChanged() throws IOException {
    StringBuilder all = new StringBuilder();
    for (char c = 0xa0; c <= 0xff; c++) {
      all.append(c);
    }
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage request = connection.request();
                  assertNotNull(request);
                  connection.send(
                      "HTTP/1.1 200 OK\r\nX-Back: "
                          + request.first("X-Sent")
                          + "\r\nContent-Length: 0\r\n\r\n");
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a.test\r\nX-Sent: x" + all + "y\r\n\r\n");

      RawMessage answer = client.answer("GET");

      assertNotNull(answer);
      assertEquals("x" + all + "y", answer.first("X-Back"));
    }
  }

  @Test
  void aLargeHeadOfAnAnswerPasses() throws IOException {
    String big = "v".repeat(300_000);
    try (FakeTarget target =
            target("HTTP/1.1 200 OK\r\nX-Big: " + big + "\r\nContent-Length: 2\r\n\r\nok");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      RawMessage answer = get(client);

      assertEquals("ok", answer.body());
      assertEquals(big.length(), answer.first("X-Big").length());
    }
  }

  @Test
  void trailersPassBothWays() throws IOException {
    List<RawMessage> seen = new ArrayList<>();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage request;
                  while ((request = connection.request()) != null) {
                    seen.add(request);
                    connection.send(
                        "HTTP/1.1 200 OK\r\nTrailer: X-T\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "2\r\nhi\r\n0\r\nX-T: 1\r\nX-U: 2\r\nContent-Length: 9\r\n\r\n");
                  }
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a.test\r\nTrailer: X-R\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "3\r\nabc\r\n0\r\nX-R: 7\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n"
              + "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "3\r\ndef\r\n0\r\n\r\n");

      RawMessage answer = client.answer("POST");
      RawMessage second = client.answer("POST");

      assertNotNull(answer);
      assertNotNull(second);
      assertEquals("X-T", answer.first("Trailer"));
      assertEquals(List.of("1"), RawMessage.all(answer.trailers(), "X-T"));
      assertEquals(List.of("2"), RawMessage.all(answer.trailers(), "X-U"));
      assertEquals(List.of(), RawMessage.all(answer.trailers(), "Content-Length"));
      assertEquals("abc", seen.get(0).body());
      assertEquals("X-R", seen.get(0).first("Trailer"));
      assertEquals(List.of(new RawMessage.Line("X-R", "7")), seen.get(0).trailers());
      assertEquals("def", seen.get(1).body());
      assertEquals(List.of(), seen.get(1).trailers());
    }
  }

  @Test
  void targetsWithOneNameInHostNeverMix() throws IOException {
    try (FakeTarget one = FakeTarget.saying("one");
        FakeTarget two = FakeTarget.saying("two");
        TestRouter router =
            TestRouter.start(
                "route add a a.test/one http://"
                    + one.address()
                    + "/ opts \"host=same.name\"\nroute add b a.test/two http://"
                    + two.address()
                    + "/ opts \"host=same.name\"");
        RawConnection client = router.connect()) {
      for (int i = 0; i < 50; i++) {
        for (String path : List.of("one", "two")) {
          client.send("GET /" + path + " HTTP/1.1\r\nHost: a.test\r\n\r\n");
          RawMessage answer = client.answer("GET");
          assertNotNull(answer);
          assertEquals(path, answer.body());
        }
      }
      assertEquals(1, one.accepted());
      assertEquals(1, two.accepted());
      assertEquals("same.name", two.seen.get(0).first("Host"));
    }
  }

  @Test
  void whenAllConnectionsAreBusyRequestsWaitAndGiveUpAtTheDialLimit() throws IOException {
    AtomicInteger step = new AtomicInteger();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage request;
                  while ((request = connection.request()) != null) {
                    if (request.word(1).equals("/slow")) {
                      Await.atLeast(step::get, 1);
                    }
                    connection.send(FakeTarget.ok(request.word(1)));
                  }
                });
        TestRouter router =
            TestRouter.start(
                "route add a a.test/ http://" + target.address() + "/",
                "-proxy.maxconn",
                "1",
                "-proxy.dialtimeout",
                "300ms");
        RawConnection first = router.connect();
        RawConnection second = router.connect();
        RawConnection third = router.connect()) {
      first.send("GET /slow HTTP/1.1\r\nHost: a.test\r\n\r\n");
      Await.atLeast(target::accepted, 1);
      second.send(GET);

      RawMessage busy = second.answer("GET");
      assertNotNull(busy);
      assertEquals(503, busy.status());

      third.send("GET /third HTTP/1.1\r\nHost: a.test\r\n\r\n");
      step.set(1);
      assertBody("/slow", first.answer("GET"));
      assertBody("/third", third.answer("GET"));
      assertEquals(1, target.accepted());
    }
  }

  @Test
  void aClientThatGoesAwayEndsTheRequestAtTheTarget() throws IOException {
    AtomicInteger gone = new AtomicInteger();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send(
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
                  connection.rest();
                  gone.incrementAndGet();
                });
        TestRouter router = router(target)) {
      RawConnection client = router.connect();
      client.send(GET);
      assertNotNull(client.head());
      client.close();

      Await.atLeast(gone::get, 1);
    }
  }

  private static void assertBody(String body, @Nullable RawMessage answer) {
    assertNotNull(answer);
    assertEquals(body, answer.body());
  }
}
