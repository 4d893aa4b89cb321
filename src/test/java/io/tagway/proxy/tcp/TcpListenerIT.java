package io.tagway.proxy.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.Proto;
import io.tagway.config.TestListeners;
import io.tagway.proxy.ListenFailure;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TcpListenerIT {
  private static String all(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }

  private static int deadPort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return closed.getLocalPort();
    }
  }

  @Test
  void bytesGoBothWays() throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      for (String word : List.of("one", "two", "three")) {
        client.getOutputStream().write(word.getBytes(US_ASCII));
        assertEquals(
            word, new String(TestTarget.read(client.getInputStream(), word.length()), US_ASCII));
      }
      client.shutdownOutput();
      assertEquals("", all(client));
      assertEquals(11, router.counts.sent.get());
      assertEquals(11, router.counts.received.get());
      assertEquals(1, router.counts.accepted.get());
    }
  }

  @Test
  void anAnswerAfterTheClientHasEndedItsSideArrives() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  byte[] question = client.getInputStream().readAllBytes();
                  awaitLatch(mayAnswer);
                  client
                      .getOutputStream()
                      .write(("answer to " + text(question)).getBytes(US_ASCII));
                });
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      client.getOutputStream().write("question".getBytes(US_ASCII));
      client.shutdownOutput();
      client.setSoTimeout(200);
      assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
      client.setSoTimeout(10_000);
      mayAnswer.countDown();
      assertEquals("answer to question", all(client));
    }
  }

  /** With epoll this needs {@link io.tagway.proxy.Transports}. */
  @Test
  void aLongAnswerAfterThatArrivesWhole() throws Exception {
    int bytes = 64 << 20;
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  client.getInputStream().readAllBytes();
                  for (int i = 0; i < bytes >> 16; i++) {
                    client.getOutputStream().write(new byte[1 << 16]);
                  }
                });
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      client.shutdownOutput();
      Await.until("the router is full", () -> router.counts.received.get() > 1 << 20);
      assertEquals(bytes, client.getInputStream().transferTo(OutputStream.nullOutputStream()));
    }
  }

  @Test
  void aClientThatEndsBeforeTheTargetIsReachedIsStillServed() throws Exception {
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  byte[] question = client.getInputStream().readAllBytes();
                  client.getOutputStream().write(question);
                });
        TcpRouter router =
            TcpRouter.byPort(
                "route add a :PORT tcp://127.0.0.1:" + deadPort(),
                "route add b :PORT tcp://" + target.address())) {
      for (int i = 0; i < 20; i++) {
        try (Socket client = router.connect()) {
          client.getOutputStream().write("question".getBytes(US_ASCII));
          client.shutdownOutput();
          assertEquals("question", all(client));
        }
      }
    }
  }

  @Test
  void theTargetMayEndItsSideFirst() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  client.getOutputStream().write("bye".getBytes(US_ASCII));
                  client.shutdownOutput();
                  heard.complete(text(client.getInputStream().readAllBytes()));
                });
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      assertEquals("bye", all(client));
      client.getOutputStream().write("late words".getBytes(US_ASCII));
      client.shutdownOutput();
      assertEquals("late words", heard.join());
    }
  }

  @Test
  void theTargetMaySpeakFirst() throws Exception {
    try (TestTarget target = TestTarget.named("220 ready\r\n");
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      assertEquals("220 ready\r\n", all(client));
    }
  }

  @Test
  void withoutARouteTheConnectionIsClosedWithoutAByte() throws Exception {
    try (TcpRouter router = TcpRouter.byPort("route add a :1 tcp://127.0.0.1:1");
        Socket client = router.connect()) {
      assertEquals("", all(client));
      Await.until("counted", () -> router.counts.noRoute.get() == 1);
      assertEquals(0, router.counts.failed.get());
    }
  }

  @Test
  void accessRulesCloseTheConnection() throws Exception {
    try (TestTarget target = TestTarget.named("x");
        TcpRouter router =
            TcpRouter.byPort(
                "route add a :PORT tcp://" + target.address() + " opts \"deny=ip:127.0.0.1\"");
        Socket client = router.connect()) {
      assertEquals("", all(client));
      assertEquals(0, target.accepted());
    }
  }

  @Test
  void aTargetThatCannotBeReachedIsReplaced() throws Exception {
    try (TestTarget target = TestTarget.named("here");
        TcpRouter router =
            TcpRouter.byPort(
                "route add a :PORT tcp://127.0.0.1:" + deadPort(),
                "route add b :PORT tcp://" + target.address())) {
      for (int i = 0; i < 20; i++) {
        try (Socket client = router.connect()) {
          assertEquals("here", all(client));
        }
      }
      assertEquals(0, router.counts.failed.get());
    }
  }

  @Test
  void theReplacementMustAdmitTheClientToo() throws Exception {
    try (TestTarget target = TestTarget.named("here");
        TcpRouter router =
            TcpRouter.byPort(
                "route add a :PORT tcp://127.0.0.1:" + deadPort(),
                "route add b :PORT tcp://" + target.address() + " opts \"allow=ip:10.0.0.0/8\"")) {
      for (int i = 0; i < 4; i++) {
        try (Socket client = router.connect()) {
          assertEquals("", all(client));
        }
      }
      assertEquals(0, target.accepted());
    }
  }

  @Test
  void whenNoTargetCanBeReachedTheConnectionIsClosed() throws Exception {
    try (TcpRouter router =
            TcpRouter.byPort(
                "route add a :PORT tcp://127.0.0.1:" + deadPort(),
                "route add b :PORT tcp://127.0.0.1:" + deadPort());
        Socket client = router.connect()) {
      assertEquals("", all(client));
      Await.until("counted", () -> router.counts.failed.get() == 1);
    }
  }

  /** A listening socket whose queue is full takes no more connections, and refuses none. */
  @Test
  void aTargetThatDoesNotAnswerLeavesTimeForAnother() throws Exception {
    List<Socket> fill = new ArrayList<>();
    try (ServerSocket hole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestTarget target = TestTarget.named("here")) {
      fillUp(hole, fill);
      try (TcpRouter router =
          new TcpRouter()
              .dialLimit(Duration.ofMillis(1500))
              .open(
                  (r, forwarding) ->
                      TcpListener.byPort(
                          r.vertx,
                          TcpRouter.Wish.PLAIN.settings(Proto.TCP),
                          TcpRouter.LOOPS,
                          forwarding,
                          TcpRouter.HEADERS,
                          Optional.empty()),
                  "route add a :PORT tcp://127.0.0.1:" + hole.getLocalPort(),
                  "route add b :PORT tcp://" + target.address())) {
        for (int i = 0; i < 2; i++) {
          try (Socket client = router.connect()) {
            assertEquals("here", all(client));
          }
        }
        router.routes("route add a :PORT tcp://127.0.0.1:" + hole.getLocalPort());
        long start = System.nanoTime();
        try (Socket client = router.connect()) {
          assertEquals("", all(client));
        }
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        assertTrue(millis >= 1400 && millis < 4000, millis + " ms");
      }
    } finally {
      for (Socket socket : fill) {
        socket.close();
      }
    }
  }

  private static void fillUp(ServerSocket hole, List<Socket> fill) throws IOException {
    while (fill.size() < 16) {
      Socket socket = new Socket();
      fill.add(socket);
      try {
        socket.connect(hole.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
  }

  @Test
  void namesOfTargetsAreResolved() throws Exception {
    try (TestTarget target = TestTarget.named("here");
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://localhost:" + target.port());
        Socket client = router.connect()) {
      assertEquals("here", all(client));
    }
  }

  @Test
  void anIdleConnectionIsClosedAtTheReadLimit() throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router =
            TcpRouter.byPort(
                w -> w.readTimeout(Duration.ofMillis(300)),
                "route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      long start = System.nanoTime();
      client.getOutputStream().write("x".getBytes(US_ASCII));
      assertEquals("x", all(client));
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertTrue(millis >= 290 && millis < 3000, millis + " ms");
      Await.until("the target was told", () -> target.serving() == 0);
    }
  }

  @Test
  void whatTheTargetSendsKeepsAConnectionFromBeingIdle() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  for (int i = 0; i < 10; i++) {
                    client.getOutputStream().write('x');
                    awaitMillis(never, 100);
                  }
                });
        TcpRouter router =
            TcpRouter.byPort(
                w -> w.readTimeout(Duration.ofMillis(400)),
                "route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      assertEquals("xxxxxxxxxx", all(client));
    }
  }

  @Test
  void aClientThatTakesNothingIsClosedAtTheWriteLimit() throws Exception {
    CompletableFuture<Boolean> cut = new CompletableFuture<>();
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  try {
                    byte[] piece = new byte[1 << 16];
                    while (true) {
                      client.getOutputStream().write(piece);
                    }
                  } catch (IOException e) {
                    cut.complete(true);
                  }
                });
        TcpRouter router =
            TcpRouter.byPort(
                w -> w.writeTimeout(Duration.ofMillis(300)),
                "route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      assertTrue(cut.get(10, TimeUnit.SECONDS));
      assertFalse(client.isClosed());
    }
  }

  @Test
  void aResetIsPassedOnAsAReset() throws Exception {
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  client.getOutputStream().write("half".getBytes(US_ASCII));
                  assertEquals('x', client.getInputStream().read());
                  client.setSoLinger(true, 0);
                });
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      assertEquals("half", text(TestTarget.read(client.getInputStream(), 4)));
      client.getOutputStream().write('x');
      assertThrows(SocketException.class, () -> client.getInputStream().read());
    }
  }

  @Test
  void theResetOfAClientReachesTheTarget() throws Exception {
    CompletableFuture<String> end = new CompletableFuture<>();
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  client.getInputStream().read();
                  try {
                    end.complete("read " + client.getInputStream().read());
                  } catch (SocketException e) {
                    end.complete("reset");
                  }
                });
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address())) {
      Socket client = router.connect();
      client.getOutputStream().write('x');
      Await.until("arrived", () -> router.counts.sent.get() == 1);
      client.setSoLinger(true, 0);
      client.close();
      assertEquals("reset", end.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void slowReadersHoldSendersBack() throws Exception {
    CountDownLatch mayRead = new CountDownLatch(1);
    int bytes = 64 << 20;
    CompletableFuture<Long> got = new CompletableFuture<>();
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  awaitLatch(mayRead);
                  got.complete(client.getInputStream().transferTo(OutputStream.nullOutputStream()));
                });
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < bytes >> 16; i++) {
                    client.getOutputStream().write(new byte[1 << 16]);
                  }
                  client.shutdownOutput();
                } catch (IOException e) {
                  throw new CompletionException(e);
                }
              });
      Await.until("some bytes moved", () -> router.counts.sent.get() > 0);
      long before;
      do {
        before = router.counts.sent.get();
        awaitMillis(mayRead, 300);
      } while (router.counts.sent.get() != before);
      assertTrue(before < bytes / 2, "held back after " + before);
      assertFalse(sending.isDone());
      mayRead.countDown();
      assertEquals(bytes, got.join());
      sending.join();
    }
  }

  @Test
  void drainingEndsEarlyWhenNothingRuns() throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      client.getOutputStream().write('x');
      assertEquals('x', client.getInputStream().read());
      Future<Void> drained = router.listener().drain(Duration.ofSeconds(60));
      Await.until("refuses", () -> refuses(router.port()));
      client.getOutputStream().write('y');
      assertEquals('y', client.getInputStream().read());
      assertFalse(drained.isComplete());
      client.shutdownOutput();
      assertEquals(-1, client.getInputStream().read());
      Await.until("drained", drained::isComplete);
      Await.until("the target was told", () -> target.serving() == 0);
    }
  }

  @Test
  void drainingClosesWhatIsLeftAtTheLimit() throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router = TcpRouter.byPort("route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      client.getOutputStream().write('x');
      assertEquals('x', client.getInputStream().read());
      long start = System.nanoTime();
      Future<Void> drained = router.listener().drain(Duration.ofMillis(300));
      Await.until("drained", drained::isComplete);
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertTrue(millis >= 290, millis + " ms");
      assertEquals(-1, client.getInputStream().read());
      Await.until("the target was told", () -> target.serving() == 0);
    }
  }

  @Test
  void aPortInUseIsALegibleFailure() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TcpRouter router = TcpRouter.byPort()) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      TcpListener listener =
          TcpListener.byPort(
              router.vertx,
              TestListeners.plain(taken.getLocalPort(), Proto.TCP),
              TcpRouter.LOOPS,
              new TcpForwarding(
                  router::table, Duration.ofSeconds(1), Duration.ZERO, TcpObserver.NONE),
              TcpRouter.HEADERS,
              Optional.empty());
      Future<Void> open = listener.open();
      Await.until("failed", open::isComplete);
      assertEquals(ListenFailure.class, open.cause().getClass());
      assertEquals("listen: " + address + ": address already in use", open.cause().getMessage());
    }
  }

  private static boolean refuses(int port) {
    try (Socket socket = TcpRouter.connect(port)) {
      return !socket.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, US_ASCII);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitMillis(CountDownLatch latch, long millis) {
    try {
      boolean ignored = latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
