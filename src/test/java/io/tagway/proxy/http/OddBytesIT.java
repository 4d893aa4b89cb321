package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of a request that pass as they are, and answers that are framed in odd ways. */
class OddBytesIT {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

  private static String route(FakeTarget target) {
    return "route add a a.test/ http://" + target.address() + "/\n";
  }

  /** A target that answers each request with these bytes. */
  private static FakeTarget answering(String bytes) throws IOException {
    return new FakeTarget(
        (connection, number) -> {
          while (connection.request() != null) {
            connection.send(bytes);
          }
        });
  }

  private static RawMessage ask(String answer) throws IOException {
    try (FakeTarget target = answering(answer);
        TestRouter router = TestRouter.start(route(target));
        RawConnection client = router.connect()) {
      client.send(GET);
      RawMessage seen = client.answer("GET");
      assertNotNull(seen);
      return seen;
    }
  }

  @Test
  void theQueryPassesByteForByte() throws IOException {
    try (FakeTarget target = FakeTarget.saying("ok");
        TestRouter router = TestRouter.start(route(target));
        RawConnection client = router.connect()) {
      // Two bytes of UTF-8, one that is none, and one that is escaped.
      client.send("GET /x?q=\u00c3\u00bc&r=\u00e9&s=%C3%BC HTTP/1.1\r\nHost: a.test\r\n\r\n");
      assertNotNull(client.answer("GET"));
      assertEquals("GET /x?q=\u00c3\u00bc&r=\u00e9&s=%C3%BC HTTP/1.1", target.seen.get(0).start());
    }
  }

  @Test
  void aRedirectEscapesWhatMayNotStandInAUrl() throws IOException {
    try (TestRouter router =
            TestRouter.start("route add a a.test/ https://$host$path opts \"redirect=301\"\n");
        RawConnection client = router.connect()) {
      client.send("GET /x?q=\u00c3\u00bc HTTP/1.1\r\nHost: a.test\r\n\r\n");
      RawMessage answer = client.answer("GET");
      assertNotNull(answer);
      assertEquals(List.of("https://a.test/x?q=%C3%BC"), answer.all("Location"));
      assertTrue(answer.body().contains("\"https://a.test/x?q=%C3%BC\""), answer.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "gzip, chunked",
        "identity",
        "chunked\r\nTransfer-Encoding: gzip",
        "chunked\r\nTransfer-Encoding: chunked",
        "gzip\r\nTransfer-Encoding: chunked"
      })
  void aCodingThatWouldBeLostIsRefused(String coding) throws IOException {
    RawMessage answer =
        ask("HTTP/1.1 200 OK\r\nTransfer-Encoding: " + coding + "\r\n\r\n2\r\nhi\r\n0\r\n\r\n");
    assertEquals(502, answer.status());
  }

  @Test
  void chunksCountMoreThanALength() throws IOException {
    RawMessage answer =
        ask(
            """
            HTTP/1.1 200 OK
            Content-Length: 3
            Transfer-Encoding: chunked

            2
            hi
            0

            """
                .replace("\n", "\r\n"));
    assertEquals(200, answer.status());
    assertEquals("hi", answer.body());
    assertEquals(List.of(), answer.all("Content-Length"));
  }

  @Test
  void theSameLengthTwiceIsOne() throws IOException {
    RawMessage answer = ask("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi");
    assertEquals(200, answer.status());
    assertEquals("hi", answer.body());
    assertEquals(List.of("2"), answer.all("Content-Length"));
  }

  @Test
  void twoLengthsAreRefused() throws IOException {
    assertEquals(
        502, ask("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"xyz\r\nabc\r\n0\r\n\r\n", "3\r\nabc\r\nzz\r\n", "-1\r\n"})
  void aBodyThatIsNotInChunksIsRefusedAndTheConnectionEnds(String body) throws IOException {
    try (FakeTarget target = answering("never");
        TestRouter router = TestRouter.start(route(target));
        RawConnection client = router.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
      RawMessage answer = client.answer("POST");
      assertNotNull(answer);
      assertEquals(400, answer.status());
      assertEquals(List.of("close"), answer.all("Connection"));
      assertEquals(-1, client.socket().getInputStream().read());
    }
  }

  @Test
  void anEmptyFirstLineCountsAsNone() throws IOException {
    try (FakeTarget target = FakeTarget.saying("ok");
        TestRouter router = TestRouter.start(route(target));
        RawConnection client = router.connect()) {
      client.send(
          """
          GET / HTTP/1.1
          Host: a.test
          X-Real-Ip:
          X-Real-Ip: 2.2.2.2
          X-Forwarded-Host:
          X-Forwarded-Host: b.test
          X-Forwarded-Port:
          X-Forwarded-Port: 77

          """
              .replace("\n", "\r\n"));
      assertNotNull(client.answer("GET"));
      RawMessage seen = target.seen.get(0);
      assertEquals(List.of("127.0.0.1"), seen.all("X-Real-Ip"));
      assertEquals(List.of("a.test"), seen.all("X-Forwarded-Host"));
      assertEquals(List.of("80"), seen.all("X-Forwarded-Port"));
    }
  }
}
