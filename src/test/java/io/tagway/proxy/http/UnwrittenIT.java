package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.proxy.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is read of an answer while others wait for the same client of HTTP/2. */
class UnwrittenIT {
  /** What a client takes of each answer, unless it says otherwise. */
  private static final int WINDOW = 65_535;

  /** Answers that have ended: with their last pieces more than all may hold, without far less. */
  private static final int ENDED = 240;

  private static final byte[] FIRST = new byte[4096];
  private static final byte[] LAST = new byte[16384];

  /** In pieces of the first's size; the target may send as much of one answer unasked. */
  private static final int LONG_PIECES = 50;

  private final List<Outcome> told = new CopyOnWriteArrayList<>();

  private static void answer(StreamTarget.Request request) {
    switch (request.head.path().toString()) {
      case "/ended" -> {
        request.headers(false, ":status", "200");
        request.data(false, FIRST);
        request.data(true, LAST);
      }
      case "/long" -> {
        request.headers(false, ":status", "200");
        for (int i = 0; i < LONG_PIECES; i++) {
          request.data(false, FIRST);
        }
      }
      default -> request.ok("quick");
    }
  }

  private TestRouter router(StreamTarget target) {
    return TestRouter.start(
        1,
        told::add,
        "route add a a.test/ grpc://" + target.address() + "/",
        "-proxy.addr",
        "127.0.0.1:0;h2c=true");
  }

  /** How much is read of a long answer of which the client takes no more than its window. */
  private long readOfALongAnswer(H2Peer client, TestRouter router) throws IOException {
    int stream = client.open(H2Peer.get("/long"), true);
    try (RawConnection other = router.connect()) {
      // Each is behind one piece more on the connection of the target.
      for (int i = 0; i < LONG_PIECES; i++) {
        other.send("GET /quick HTTP/1.1\r\nHost: a.test\r\n\r\n");
        assertEquals("quick", other.theAnswer("GET").body());
      }
    }
    client.reset(stream);
    Await.until("told", () -> cut().isPresent());
    return cut().orElseThrow().bodyBytes();
  }

  private Optional<Outcome.Failed> cut() {
    return told.stream()
        .filter(Outcome.Failed.class::isInstance)
        .map(Outcome.Failed.class::cast)
        .findFirst();
  }

  @Test
  void theLastPiecesOfAnswersCountForOthers() throws IOException {
    try (StreamTarget target = new StreamTarget(UnwrittenIT::answer);
        TestRouter router = router(target);
        H2Peer client = H2Peer.to(router.port())) {
      client.takeOfEach(0);
      List<Integer> ended = new ArrayList<>();
      for (int i = 0; i < ENDED; i++) {
        ended.add(client.open(H2Peer.get("/ended"), true));
        // One by one: else the window of the target's connection cuts its pieces smaller.
        Await.atLeast(told::size, i + 1);
      }

      long crowded = readOfALongAnswer(client, router);
      client.takeOfEach(WINDOW);
      for (int stream : ended) {
        assertTrue(client.answer(stream).isWhole());
      }
      told.clear();
      long alone = readOfALongAnswer(client, router);

      assertTrue(crowded <= 3L * FIRST.length, crowded + " bytes");
      assertTrue(alone >= WINDOW + Http2Limits.STREAM_UNWRITTEN_BYTES / 2, alone + " bytes");
    }
  }
}
