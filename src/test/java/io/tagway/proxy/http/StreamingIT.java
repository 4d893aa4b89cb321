package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies flow as they come, and the slower side sets the pace. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is the point
class StreamingIT {
  private static final int PIECE = 1 << 16;
  private static final long BIG = 256L << 20;

  /** More than all buffers between two sockets can hold, less than a body. */
  private static final long HELD_AT_MOST = 64L << 20;

  private static TestRouter router(FakeTarget target) {
    return TestRouter.start("route add a a.test/ http://" + target.address() + "/");
  }

  @Test
  void aClientThatDoesNotReadStopsTheTarget() throws IOException {
    AtomicLong sent = new AtomicLong();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + BIG + "\r\n\r\n");
                  OutputStream out = connection.socket().getOutputStream();
                  byte[] piece = new byte[PIECE];
                  while (sent.get() < BIG) {
                    out.write(piece);
                    sent.addAndGet(PIECE);
                  }
                  connection.rest();
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
      assertNotNull(client.head());

      long stalled = Stall.of(sent);

      assertTrue(stalled < HELD_AT_MOST, stalled + " bytes are held");
      assertEquals(BIG, count(client));
    }
  }

  @Test
  void aTargetThatDoesNotReadStopsTheClient() throws IOException {
    AtomicLong sent = new AtomicLong();
    AtomicLong go = new AtomicLong();
    AtomicLong received = new AtomicLong();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.head();
                  Await.until("go", () -> go.get() > 0);
                  received.addAndGet(count(connection));
                  connection.send(FakeTarget.ok("done"));
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      Thread sender =
          new Thread(
              () -> {
                try {
                  client.send(
                      "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + BIG + "\r\n\r\n");
                  byte[] piece = new byte[PIECE];
                  while (sent.get() < BIG) {
                    client.send(piece);
                    sent.addAndGet(PIECE);
                  }
                } catch (IOException broken) {
                  sent.set(-1);
                }
              });
      sender.start();

      long stalled = Stall.of(sent);
      assertTrue(stalled < HELD_AT_MOST, stalled + " bytes are held");
      go.set(1);
      RawMessage answer = client.answer("POST");

      assertNotNull(answer);
      assertEquals("done", answer.body());
      assertEquals(BIG, received.get());
    }
  }

  /** Both directions at once: the answer begins before the request ends. */
  @Test
  void anAnswerMayBeginBeforeTheRequestEnds() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.head();
                  connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  for (int i = 0; i < 3; i++) {
                    byte[] got = connection.take(2, piece -> {});
                    connection.send("2\r\n" + RawConnection.latin1(got) + "\r\n");
                  }
                  connection.send("0\r\n\r\n");
                  connection.rest();
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 6\r\n\r\n");
      RawMessage head = client.head();
      assertNotNull(head);
      assertEquals("close", head.first("Connection"));
      for (String text : new String[] {"ab", "cd", "ef"}) {
        client.send(text);
        assertEquals("2\r\n" + text + "\r\n", RawConnection.latin1(client.take(7, piece -> {})));
      }
      assertEquals("0\r\n\r\n", RawConnection.latin1(client.take(5, piece -> {})));
      assertTrue(client.closesWithin(5000));
    }
  }

  @Test
  void theHeadOfASlowAnswerDoesNotWaitForItsBody() throws IOException {
    AtomicLong go = new AtomicLong();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
                  Await.until("go", () -> go.get() > 0);
                  connection.send("ok");
                  connection.rest();
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
      assertNotNull(client.head());
      assertFalse(client.closesWithin(50));
      go.set(1);
      assertEquals("ok", RawConnection.latin1(client.take(2, piece -> {})));
    }
  }

  private static long count(RawConnection connection) throws IOException {
    InputStream in = connection.socket().getInputStream();
    byte[] piece = new byte[PIECE];
    long total = connection.take(connection.buffered(), none -> {}).length;
    int n;
    while (total < BIG && (n = in.read(piece)) >= 0) {
      total += n;
    }
    return total;
  }
}
