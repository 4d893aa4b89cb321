package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance that is gone must not cost a request. */
class RetryIT {
  private static String route(String... addresses) {
    StringBuilder routes = new StringBuilder();
    for (String address : addresses) {
      routes.append("route add a a.test/ http://").append(address).append("/\n");
    }
    return routes.toString();
  }

  private static String get(int i) {
    return "GET /" + i + " HTTP/1.1\r\nHost: a.test\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void aRefusedDialGoesOnToAnotherTargetWithTheWholeBody(String method) throws IOException {
    String body = "b".repeat(100_000);
    try (Socket dead = new Socket();
        FakeTarget alive = FakeTarget.saying("alive")) {
      dead.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String gone = "127.0.0.1:" + dead.getLocalPort();
      try (TestRouter router =
              TestRouter.start(route(gone, alive.address()), "-proxy.strategy", "rr");
          RawConnection client = router.connect()) {
        for (int i = 0; i < 6; i++) {
          client.send(
              method
                  + " / HTTP/1.1\r\nHost: a.test\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body);
          RawMessage answer = client.answer(method);
          assertNotNull(answer);
          assertEquals("alive", answer.body());
          assertEquals(body, alive.seen.get(i).body());
        }
      }
    }
  }

  @Test
  void aHostThatDoesNotEvenRefuseLeavesTimeForTheOther() throws IOException {
    try (FakeTarget alive = FakeTarget.saying("alive");
        ServerSocket hole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<SocketChannel> fill = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        SocketChannel one = SocketChannel.open();
        one.configureBlocking(false);
        one.connect(hole.getLocalSocketAddress());
        fill.add(one);
      }
      try (TestRouter router =
              TestRouter.start(
                  route("127.0.0.1:" + hole.getLocalPort(), alive.address()),
                  "-proxy.strategy",
                  "rr",
                  "-proxy.dialtimeout",
                  "900ms");
          RawConnection client = router.connect()) {
        for (int i = 0; i < 4; i++) {
          client.send(get(i));
          RawMessage answer = client.answer("GET");
          assertNotNull(answer);
          assertEquals("alive", answer.body());
        }
      } finally {
        for (SocketChannel one : fill) {
          one.close();
        }
      }
    }
  }

  @Test
  void instancesKilledUnderLoadCostNoGet() throws Exception {
    try (FakeTarget stays = FakeTarget.saying("ok");
        TestRouter router = TestRouter.start(route(stays.address()));
        Load load = new Load(router, 8)) {
      for (int i = 0; i < 10; i++) {
        FakeTarget killed = FakeTarget.saying("ok");
        router.routes(route(stays.address(), killed.address()));
        int before = load.answered();
        Await.atLeast(killed.seen::size, 20);
        Await.atLeast(load::answered, before + 40);
        killed.kill();
        before = load.answered();
        Await.atLeast(load::answered, before + 200);
        router.routes(route(stays.address()));
      }
      assertEquals(List.of(), load.failures());
    }
  }

  @Test
  void aGetInFlightOnAConnectionThatDiesIsSentToAnother() throws IOException {
    FakeTarget[] both = new FakeTarget[2];
    for (int i = 0; i < 2; i++) {
      both[i] =
          new FakeTarget(
              (connection, number) -> {
                RawMessage request;
                while ((request = connection.request()) != null) {
                  both[0].seen.add(request);
                  if (both[0].seen.size() == 1) {
                    connection.reset();
                    return;
                  }
                  connection.send(FakeTarget.ok("second"));
                }
              });
    }
    try (FakeTarget one = both[0];
        FakeTarget two = both[1];
        TestRouter router = TestRouter.start(route(one.address(), two.address()));
        RawConnection client = router.connect()) {
      client.send(get(1));

      RawMessage answer = client.answer("GET");

      assertNotNull(answer);
      assertEquals("second", answer.body());
      assertEquals(2, one.seen.size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\n\r\nx"
      })
  void whatMayNotBeDoneTwiceIsSentOnce(String request) throws IOException {
    List<RawMessage> seen = new CopyOnWriteArrayList<>();
    FakeTarget.Script reads =
        (connection, number) -> {
          RawMessage got = connection.request();
          if (got != null) {
            seen.add(got);
          }
        };
    try (FakeTarget one = new FakeTarget(reads);
        FakeTarget two = new FakeTarget(reads);
        TestRouter router = TestRouter.start(route(one.address(), two.address()));
        RawConnection client = router.connect()) {
      client.send(request);

      RawMessage answer = client.answer("GET");

      assertNotNull(answer);
      assertEquals(502, answer.status());
      assertEquals(1, seen.size());
    }
  }

  @Test
  void onceAnAnswerHasBegunNothingIsSentAgain() throws IOException {
    List<RawMessage> seen = new CopyOnWriteArrayList<>();
    FakeTarget.Script hints =
        (connection, number) -> {
          seen.add(Objects.requireNonNull(connection.request()));
          connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        };
    try (FakeTarget one = new FakeTarget(hints);
        FakeTarget two = new FakeTarget(hints);
        TestRouter router = TestRouter.start(route(one.address(), two.address()));
        RawConnection client = router.connect()) {
      client.send(get(1));

      RawMessage answer = client.answer("GET");

      assertNotNull(answer);
      assertEquals(502, answer.status());
      assertEquals(1, seen.size());
    }
  }

  @Test
  void informationalAnswersWithoutEndAreAMalformedAnswer() throws IOException {
    String hint = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    FakeTarget.Script script =
        (connection, number) -> {
          Objects.requireNonNull(connection.request());
          connection.send(hint.repeat(40));
          connection.request();
        };
    try (FakeTarget target = new FakeTarget(script);
        TestRouter router = TestRouter.start(route(target.address()));
        RawConnection client = router.connect()) {
      client.send(get(1));

      RawMessage answer = client.answer("GET");

      assertNotNull(answer);
      assertEquals(502, answer.status());
    }
  }

  @Test
  void aClientMaySayThatItsPostCanBeRepeated() throws IOException {
    List<RawMessage> seen = new CopyOnWriteArrayList<>();
    FakeTarget.Script script =
        (connection, number) -> {
          RawMessage got = connection.request();
          if (got != null) {
            seen.add(got);
            if (seen.size() > 1) {
              connection.send(FakeTarget.ok("again"));
            }
          }
        };
    try (FakeTarget one = new FakeTarget(script);
        FakeTarget two = new FakeTarget(script);
        TestRouter router = TestRouter.start(route(one.address(), two.address()));
        RawConnection client = router.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a.test\r\nIdempotency-Key: k\r\nContent-Length: 0\r\n\r\n");

      RawMessage answer = client.answer("POST");

      assertNotNull(answer);
      assertEquals("again", answer.body());
      assertTrue(seen.stream().allMatch(one2 -> one2.first("Idempotency-Key").equals("k")));
    }
  }

  /** Clients with keep-alive connections that send one GET after the other. */
  private static final class Load implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean stopped;

    Load(TestRouter router, int clients) {
      for (int i = 0; i < clients; i++) {
        Thread thread = new Thread(() -> run(router), "load-" + i);
        threads.add(thread);
        thread.start();
      }
    }

    private void run(TestRouter router) {
      try (RawConnection client = router.connect()) {
        for (int i = 0; !stopped; i++) {
          client.send(get(i));
          RawMessage answer = client.answer("GET");
          if (answer == null || answer.status() != 200) {
            failures.add(String.valueOf(answer));
          }
          answered.incrementAndGet();
        }
      } catch (IOException broken) {
        failures.add(broken.toString());
      }
    }

    int answered() {
      return answered.get();
    }

    List<String> failures() {
      return failures;
    }

    @Override
    public void close() {
      stopped = true;
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException asked) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }
}
