package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.proxy.Observer;
import io.tagway.proxy.Outcome;
import io.tagway.route.Target;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target takes up another protocol, and bytes flow; or it does not, and HTTP goes on. */
@SuppressWarnings("StringConcatToTextBlock") // where lines end is the point
class UpgradeIT {
  private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n";
  private static final String ASK = GET + UPGRADE + "\r\n";
  private static final String SWITCH =
      "HTTP/1.1 101 Switching Protocols\r\n" + UPGRADE + "Sec-WebSocket-Accept: x\r\n\r\n";
  private static final int PIECE = 1 << 16;
  private static final long BIG = 100L << 20;

  /** More than all buffers between two sockets can hold, less than what is sent. */
  private static final long HELD_AT_MOST = 48L << 20;

  private static TestRouter router(FakeTarget target, String... args) {
    return TestRouter.start("route add a a.test/ http://" + target.address() + "/", args);
  }

  private static FakeTarget echoing() throws IOException {
    return new FakeTarget(
        (connection, number) -> {
          if (connection.request() != null) {
            connection.send(SWITCH);
            connection.echo();
          }
        });
  }

  private static String take(RawConnection connection, int length) throws IOException {
    return RawConnection.latin1(connection.take(length, piece -> {}));
  }

  private static void open(RawConnection client) throws IOException {
    client.send(ASK);
    RawMessage answer = client.theHead();
    assertEquals(101, answer.status());
  }

  // ---- what is passed on

  @Test
  void theHeadsAreThoseOfTheOtherSide() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  RawMessage asked = connection.theRequest();
                  connection.send(
                      "HTTP/1.1 101 Whatever\r\nUPGRADE: WebSocket\r\nconnection: upgrade\r\n"
                          + "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Extensions: pmd; x=1\r\n"
                          + "Keep-Alive: timeout=5\r\nX-Asked: "
                          + asked.first("Upgrade")
                          + "/"
                          + asked.first("Connection")
                          + "/"
                          + asked.first("Sec-WebSocket-Protocol")
                          + "/"
                          + asked.first("Sec-WebSocket-Extensions")
                          + "/"
                          + asked.first("X-Gone")
                          + "\r\n\r\n");
                  connection.echo();
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(
          GET
              + "upgrade: WEBSOCKET\r\nCONNECTION: keep-alive, x-gone, UPGRADE\r\nX-Gone: y\r\n"
              + "Sec-WebSocket-Protocol: chat, superchat\r\n"
              + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n");
      RawMessage answer = client.theHead();

      assertEquals("HTTP/1.1 101 Switching Protocols", answer.start());
      assertEquals("Upgrade", answer.first("Connection"));
      assertEquals("WebSocket", answer.first("Upgrade"));
      assertEquals("chat", answer.first("Sec-WebSocket-Protocol"));
      assertEquals("pmd; x=1", answer.first("Sec-WebSocket-Extensions"));
      assertEquals("", answer.first("Keep-Alive"));
      assertEquals(
          "WEBSOCKET/Upgrade/chat, superchat/permessage-deflate; client_max_window_bits/",
          answer.first("X-Asked"));
    }
  }

  @Test
  void whatFollowsTheHeadsOnEitherSideIsNotLost() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send("HTTP/1.1 101 Switching ");
                  connection.send(SWITCH.substring("HTTP/1.1 101 Switching ".length()) + "first");
                  connection.echo();
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(ASK + "GET /early HTTP/1.1\r\n\r\n");
      client.send("\u0000\u00ff");

      RawMessage answer = client.theHead();

      assertEquals(101, answer.status());
      String both = "firstGET /early HTTP/1.1\r\n\r\n\u0000\u00ff";
      assertEquals(both, take(client, both.length()));
      client.send("later");
      assertEquals("later", take(client, 5));
    }
  }

  @Test
  void aRequestWithABodyMayUpgrade() throws IOException {
    try (FakeTarget target = echoing();
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4\r\n" + UPGRADE + "\r\nbodytunnel");

      RawMessage answer = client.theHead();

      assertEquals(101, answer.status());
      assertEquals("tunnel", take(client, 6));
    }
  }

  @Test
  void malformedFramesPassAsTheyAre() throws IOException {
    try (FakeTarget target = echoing();
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      open(client);
      // Reserved bits and opcodes, a length that lies, no mask: not the router's business.
      String frames = "\u00ff\u00ff\u0000\u0003\u0080\u007f\r\n\r\nHTTP/1.1 400\r\n";
      client.send(frames);
      assertEquals(frames, take(client, frames.length()));
    }
  }

  /**
   * What was answered before has not left yet: the socket takes a part, the router keeps the rest.
   */
  @Test
  void theHeadPassesBehindAnswersThatTheClientHasNotReadYet() throws IOException {
    int answers = 400;
    String body = "b".repeat(PIECE / 2);
    AtomicLong asked = new AtomicLong();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  while (connection.theRequest().first("Upgrade").isEmpty()) {
                    asked.incrementAndGet();
                    connection.send(FakeTarget.ok(body));
                  }
                  connection.send(SWITCH + "frames");
                  connection.echo();
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send((GET + "\r\n").repeat(answers) + ASK);
      long before = Stall.of(asked);
      assertTrue(before < answers, before + " answers are held for a client that reads none");

      for (int i = 0; i < answers; i++) {
        assertEquals(body, client.theAnswer("GET").body());
      }
      RawMessage answer = client.theHead();

      assertEquals(101, answer.status());
      assertEquals("frames", take(client, 6));
    }
  }

  // ---- how it ends

  @Test
  void oneSideMayEndAndTheOtherGoOn() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send(SWITCH);
                  byte[] all = connection.rest();
                  connection.send(RawConnection.latin1(all) + " and more");
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      open(client);
      client.send("all");
      client.socket().shutdownOutput();
      assertEquals("all and more", RawConnection.latin1(client.rest()));
    }
  }

  @Test
  void theTargetMayEndItsSideFirst() throws IOException {
    CopyOnWriteArrayList<String> got = new CopyOnWriteArrayList<>();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send(SWITCH + "bye");
                  connection.socket().shutdownOutput();
                  got.add(RawConnection.latin1(connection.rest()));
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      open(client);
      assertEquals("bye", RawConnection.latin1(client.rest()));
      client.send("still");
      client.send(" here");
      client.socket().shutdownOutput();
      Await.until("the target has all", () -> got.equals(List.of("still here")));
    }
  }

  @Test
  void aClientThatBreaksOffBreaksOffTheTarget() throws IOException {
    AtomicBoolean gone = new AtomicBoolean();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send(SWITCH);
                  connection.rest();
                  gone.set(true);
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      open(client);
      client.send("x");
      client.reset();
      Await.until("the target has noticed", gone::get);
    }
  }

  @Test
  void aTargetThatDiesEndsTheClient() throws IOException {
    try (FakeTarget target = echoing();
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      open(client);
      client.send("x");
      assertEquals("x", take(client, 1));
      target.kill();
      assertTrue(client.closesWithin(5000));
    }
  }

  // ---- the pace

  @Test
  void aTargetThatDoesNotReadStopsTheClient() throws IOException {
    AtomicBoolean go = new AtomicBoolean();
    AtomicLong received = new AtomicLong();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send(SWITCH);
                  Await.until("go", go::get);
                  received.set(count(connection));
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      open(client);
      AtomicLong sent = send(client);
      long stalled = Stall.of(sent);
      assertTrue(stalled < HELD_AT_MOST, stalled + " bytes are held");
      go.set(true);
      Await.until("everything arrives", () -> received.get() == BIG);
    }
  }

  @Test
  void aClientThatDoesNotReadStopsTheTarget() throws IOException {
    AtomicLong[] sent = new AtomicLong[1];
    AtomicBoolean opened = new AtomicBoolean();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send(SWITCH);
                  sent[0] = send(connection);
                  opened.set(true);
                  connection.rest();
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      open(client);
      Await.until("the target sends", opened::get);
      long stalled = Stall.of(sent[0]);
      assertTrue(stalled < HELD_AT_MOST, stalled + " bytes are held");
      assertEquals(BIG, count(client));
    }
  }

  private static AtomicLong send(RawConnection to) {
    AtomicLong sent = new AtomicLong();
    Thread sender =
        new Thread(
            () -> {
              try {
                byte[] piece = new byte[PIECE];
                while (sent.get() < BIG) {
                  to.send(piece);
                  sent.addAndGet(PIECE);
                }
              } catch (IOException broken) {
                sent.set(-1);
              }
            });
    sender.setDaemon(true);
    sender.start();
    return sent;
  }

  private static long count(RawConnection connection) throws IOException {
    long total = connection.take(connection.buffered(), none -> {}).length;
    InputStream in = connection.socket().getInputStream();
    byte[] piece = new byte[PIECE];
    int n;
    while (total < BIG && (n = in.read(piece)) >= 0) {
      total += n;
    }
    return total;
  }

  // ---- what is not taken up

  @Test
  void aRefusalPassesWholeAndEndsTheConnectionOfAWebSocket() throws IOException {
    String body = "no".repeat(100_000);
    try (FakeTarget target = FakeTarget.saying(body);
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(ASK + "bytes that are no request\r\n\r\n");

      RawMessage answer = client.theAnswer("GET");

      assertEquals(200, answer.status());
      assertEquals(body, answer.body());
      assertEquals("close", answer.first("Connection"));
      assertTrue(client.closesWithin(5000));
      assertEquals(1, target.seen.size());
    }
  }

  @Test
  void afterAnotherRefusalTheNextRequestIsServed() throws IOException {
    try (FakeTarget target = FakeTarget.saying("plain");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      String offer = GET + "Upgrade: other/1\r\nConnection: Upgrade\r\n\r\n";
      client.send(offer + GET + "\r\n" + offer + GET + "\r\n");
      for (int i = 0; i < 4; i++) {
        RawMessage answer = client.theAnswer("GET");
        assertEquals("plain", answer.body());
      }
      client.send(offer);
      assertEquals("plain", client.theAnswer("GET").body());
      client.send(GET + "\r\n");
      assertEquals("plain", client.theAnswer("GET").body());
      assertEquals("other/1", target.seen.get(0).first("Upgrade"));
    }
  }

  @Test
  void aRouterThatAnswersByItselfGoesOnWithHttp() throws IOException {
    try (FakeTarget target = FakeTarget.saying("plain");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(ASK.replace("a.test", "b.test") + GET + "\r\n");
      RawMessage refused = client.theAnswer("GET");
      RawMessage next = client.theAnswer("GET");
      assertEquals(404, refused.status());
      assertEquals("plain", next.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.0\r\nHost: a.test\r\n" + UPGRADE,
        GET + "Upgrade: websocket\r\n",
        GET
            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
            + "Connection: Upgrade, HTTP2-Settings\r\n"
      })
  void isNotOfferedToTheTarget(String head) throws IOException {
    try (FakeTarget target = FakeTarget.saying("plain");
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(head + "\r\n");
      RawMessage answer = client.theAnswer("GET");
      assertEquals(200, answer.status());
      assertEquals(List.of(), target.seen.get(0).all("Upgrade"));
      assertEquals(List.of(), target.seen.get(0).all("HTTP2-Settings"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n"
      })
  void a101WithAnotherNameIsABadAnswer(String wrong) throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.send(wrong);
                  connection.rest();
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send(ASK);
      RawMessage answer = client.theAnswer("GET");
      assertEquals(502, answer.status());
    }
  }

  @Test
  void a101BeforeTheRequestIsCompleteIsABadAnswer() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.head();
                  connection.send(SWITCH);
                  connection.rest();
                });
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4\r\n" + UPGRADE + "\r\n");
      RawMessage answer = client.theAnswer("POST");
      assertEquals(502, answer.status());
    }
  }

  @Test
  void aTargetThatDoesNotAnswerInTimeIs504() throws IOException {
    try (FakeTarget target = new FakeTarget((connection, number) -> connection.rest());
        TestRouter router = router(target, "-proxy.responseheadertimeout", "100ms");
        RawConnection client = router.connect()) {
      client.send(ASK);
      RawMessage answer = client.theAnswer("GET");
      assertEquals(504, answer.status());
    }
  }

  // ---- limits and accounts

  @Test
  void theLimitsOfRequestsAreNotThoseOfATunnel() throws IOException {
    try (FakeTarget target = echoing();
        TestRouter router =
            router(
                target,
                "-proxy.addr",
                "127.0.0.1:0;rt=100ms;wt=100ms;it=100ms",
                "-proxy.maxconn",
                "1",
                "-proxy.responseheadertimeout",
                "100ms",
                "-proxy.idleconntimeout",
                "100ms");
        RawConnection client = router.connect()) {
      open(client);
      assertFalse(client.closesWithin(400));
      client.send("still there");
      assertEquals("still there", take(client, 11));
      // A tunnel is none of the connections that requests share.
      try (RawConnection other = router.connect()) {
        open(other);
        other.send("me too");
        assertEquals("me too", take(other, 6));
      }
    }
  }

  @Test
  void aDrainedListenerLetsTunnelsRunForAWhile() throws IOException {
    try (FakeTarget target = echoing();
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      open(client);
      Future<Void> drained = router.listener().drain(Duration.ofSeconds(60));
      client.send("in time");
      assertEquals("in time", take(client, 7));
      assertFalse(drained.isComplete());
      client.socket().shutdownOutput();
      Await.until("drained", drained::isComplete);
    }
  }

  @Test
  void aDrainedListenerClosesTunnelsAtTheLimit() throws IOException {
    try (FakeTarget target = echoing();
        TestRouter router = router(target);
        RawConnection client = router.connect()) {
      open(client);
      Future<Void> drained = router.listener().drain(Duration.ofMillis(300));
      assertTrue(client.closesWithin(5000));
      Await.until("drained", drained::isComplete);
    }
  }

  private static final class Heard implements Observer {
    final List<String> opened = new CopyOnWriteArrayList<>();
    final List<Outcome> told = new CopyOnWriteArrayList<>();

    @Override
    public void opened(Target target, String protocol) {
      opened.add(protocol);
    }

    @Override
    public void told(Outcome outcome) {
      told.add(outcome);
    }
  }

  @Test
  void isToldWhenItOpensAndWhenItEnds() throws IOException {
    Heard heard = new Heard();
    try (FakeTarget target = echoing();
        TestRouter router =
            TestRouter.start(1, heard, "route add a a.test/ http://" + target.address() + "/")) {
      for (boolean inOrder : new boolean[] {true, false}) {
        heard.told.clear();
        try (RawConnection client = router.connect()) {
          open(client);
          client.send("four");
          assertEquals("four", take(client, 4));
          assertEquals(List.of(), heard.told);
          if (inOrder) {
            client.socket().shutdownOutput();
            assertTrue(client.closesWithin(5000));
          } else {
            client.reset();
          }
          Await.until("told", () -> heard.told.size() == 1);
          Outcome.Tunnelled told = (Outcome.Tunnelled) heard.told.get(0);
          assertEquals(101, told.status());
          assertEquals("websocket", told.protocol());
          assertEquals(4, told.sentBytes());
          assertEquals(4, told.receivedBytes());
          assertTrue(told.asked().endNanos() - told.asked().startNanos() >= told.headNanos());
        }
      }
      assertEquals(List.of("websocket", "websocket"), heard.opened);
    }
  }
}
