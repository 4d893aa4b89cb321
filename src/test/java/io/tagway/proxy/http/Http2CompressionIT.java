package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to clients of HTTP/2 that are compressed on their way. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is the point
class Http2CompressionIT {
  private static final String BODY = "the quick brown fox jumps over the lazy dog. ".repeat(40);
  private static final List<String> CODINGS = List.of("gzip", "br", "zstd");

  private static TestRouter router(FakeTarget target) {
    return TestRouter.start(
        "route add a a.test/ http://" + target.address() + "/",
        "-proxy.addr",
        "127.0.0.1:0;h2c=true",
        "-proxy.gzip.contenttype",
        "^text/");
  }

  private static Http2Headers get(String path, String coding) {
    return H2Peer.get(path).add("accept-encoding", coding);
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void aShortAnswerIsCompressedAndHasALength(String coding) throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage asked;
                  while ((asked = connection.head()) != null) {
                    connection.send(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"v1\"\r\n"
                            + "Content-Length: "
                            + BODY.length()
                            + "\r\n\r\n"
                            + (asked.word(0).equals("HEAD") ? "" : BODY));
                  }
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      H2Peer.Answer answer = client.ask(get("/", coding));

      assertEquals(coding, answer.first("content-encoding"));
      assertEquals("Accept-Encoding", answer.first("vary"));
      assertEquals("W/\"v1\"", answer.first("etag"));
      assertEquals(Integer.toString(answer.body().length()), answer.first("content-length"));
      assertTrue(answer.body().length() < BODY.length() / 5, answer.body());
      assertEquals(BODY, Decoding.whole(coding, bytes(answer.body())));

      H2Peer.Answer head = client.ask(H2Peer.headers("HEAD", "/").add("accept-encoding", coding));
      assertEquals(coding, head.first("content-encoding"));
      assertEquals("", head.first("content-length"));
      assertEquals("", head.body());
      H2Peer.Answer plain = client.ask(H2Peer.get("/"));
      assertEquals("", plain.first("content-encoding"));
      assertEquals(BODY, plain.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void eventsGoOutOneByOne(String coding) throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send(
                      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                          + "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
                  Await.on(read);
                  connection.send("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
                  connection.rest();
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      int stream = client.open(get("/", coding), true);
      H2Peer.Head head = assertInstanceOf(H2Peer.Head.class, client.next(stream));
      assertEquals(coding, String.valueOf(head.headers().get("content-encoding")));
      StringBuilder encoded = new StringBuilder();
      boolean end = false;
      while (!end) {
        H2Peer.Data data = assertInstanceOf(H2Peer.Data.class, client.next(stream));
        encoded.append(data.text());
        end = data.end();
        if (Decoding.start(coding, bytes(encoded.toString())).equals("data: 1\n\n")) {
          read.countDown();
        }
      }
      assertEquals("data: 1\n\ndata: 2\n\n", Decoding.whole(coding, bytes(encoded.toString())));
    }
  }

  /** A long text of its own for each path; words in no order. */
  private static String story(String path) {
    Random random = new Random(path.hashCode());
    StringBuilder story = new StringBuilder(path);
    while (story.length() < 200_000) {
      story.append(' ').append(Integer.toString(random.nextInt(5000), 36));
    }
    return story.toString();
  }

  @Test
  void streamsOfOneConnectionDoNotMixWhateverTheirCoding() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage asked;
                  while ((asked = connection.request()) != null) {
                    String body = story(asked.word(1));
                    connection.send(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body);
                  }
                });
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      client.widen(30 * 200_000);
      List<Integer> streams = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        streams.add(client.open(get("/" + i, CODINGS.get(i % 3)), true));
      }
      for (int i = 0; i < 30; i++) {
        H2Peer.Answer answer = client.answer(streams.get(i));
        assertTrue(answer.isWhole());
        assertEquals(CODINGS.get(i % 3), answer.first("content-encoding"));
        assertEquals(story("/" + i), Decoding.whole(CODINGS.get(i % 3), bytes(answer.body())));
      }
    }
  }

  /** Streams that are reset in the middle: the next ones are compressed as the first. */
  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void streamsThatEndEarlyGiveTheirEncodersBack(String coding) throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  if (connection.request() != null) {
                    connection.send(
                        "HTTP/1.1 200 OK\r\n"
                            + "Content-Type: text/plain\r\n"
                            + "Content-Length: 900000\r\n\r\n"
                            + BODY);
                    connection.rest();
                  }
                });
        TestRouter router = router(target)) {
      // A connection may cancel only so many: several share them.
      int left = Compression.MOST_OPEN + 20;
      while (left > 0) {
        try (H2Peer client = H2Peer.to(router.port())) {
          for (int i = 0; i < 100 && left > 0; i++, left--) {
            int stream = client.open(get("/", coding), true);
            H2Peer.Head head = assertInstanceOf(H2Peer.Head.class, client.next(stream));
            assertNotNull(head.headers().get("content-encoding"), left + " were left");
            client.reset(stream);
          }
        }
      }
    }
  }
}
