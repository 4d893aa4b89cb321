package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.auth.AuthSchemes;
import io.tagway.config.ListenerSettings;
import io.tagway.config.Settings;
import io.tagway.proxy.ListenFailure;
import io.tagway.proxy.Observer;
import io.tagway.proxy.Outcome;
import io.tagway.tls.UpstreamTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Opening, draining, and who serves what. */
class HttpListenerIT {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

  @Test
  void aPortInUseIsSaidPlainly() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      ListenerSettings settings =
          TestRouter.settings(List.of("-proxy.addr", address)).listeners().get(0);
      Vertx vertx = Vertx.vertx();
      try {
        HttpListener listener =
            new HttpListener(
                vertx,
                settings,
                TestRouter.plain(2),
                (v, loop, loops, draining) -> HttpListener.LoopHandler.of(request -> {}, draining));

        Throwable failure = assertThrows(Throwable.class, () -> listener.open().await());

        ListenFailure listen = assertInstanceOf(ListenFailure.class, failure);
        assertEquals("listen: " + address + ": address already in use", listen.getMessage());
      } finally {
        vertx.close().await();
      }
    }
  }

  @Test
  void anyHandlerCanBeServed() throws IOException {
    ListenerSettings settings = TestRouter.settings(List.of()).listeners().get(0);
    Vertx vertx = Vertx.vertx();
    HttpListener listener =
        new HttpListener(
            vertx,
            settings,
            TestRouter.plain(1),
            (v, loop, loops, draining) ->
                HttpListener.LoopHandler.of(request -> request.response().end("mine"), draining));
    try {
      listener.open().await();
      try (RawConnection client = RawConnection.to(listener.port())) {
        client.send(GET);
        RawMessage answer = client.answer("GET");
        assertNotNull(answer);
        assertEquals("mine", answer.body());
      }
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void aFaultOfOursIsA500NotSilence() throws IOException {
    Settings settings = TestRouter.settings(List.of());
    Vertx vertx = Vertx.vertx();
    HttpListener listener =
        new HttpListener(
            vertx,
            settings.listeners().get(0),
            TestRouter.plain(1),
            HttpProxy.handlers(
                settings.http(),
                new UpstreamTls(Map.of()),
                () -> {
                  throw new IllegalStateException("no table today");
                },
                () -> "",
                new AuthSchemes(vertx, List.of()),
                Observer.NONE));
    try {
      listener.open().await();
      try (RawConnection client = RawConnection.to(listener.port())) {
        client.send(GET);
        RawMessage answer = client.answer("GET");
        assertNotNull(answer);
        assertEquals(500, answer.status());
        assertTrue(client.closesWithin(5000));
      }
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void theLimitsOfAListenerHoldWhateverItServes() throws IOException {
    ListenerSettings settings =
        TestRouter.settings(List.of("-proxy.addr", "127.0.0.1:0;rt=300ms;wt=300ms;it=300ms"))
            .listeners()
            .get(0);
    Vertx vertx = Vertx.vertx();
    HttpListener listener =
        new HttpListener(
            vertx,
            settings,
            TestRouter.plain(1),
            (v, loop, loops, draining) ->
                HttpListener.LoopHandler.of(
                    request -> {
                      if (request.path().equals("/")) {
                        request.response().end("mine");
                      }
                    },
                    draining));
    try {
      listener.open().await();
      try (RawConnection idle = RawConnection.to(listener.port());
          RawConnection slowHead = RawConnection.to(listener.port());
          RawConnection slowBody = RawConnection.to(listener.port());
          RawConnection unanswered = RawConnection.to(listener.port())) {
        idle.send(GET);
        assertNotNull(idle.answer("GET"));
        slowHead.send("GET / HTTP/1.1\r\n");
        slowBody.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nx");
        unanswered.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");

        for (RawConnection one : List.of(idle, slowHead, slowBody, unanswered)) {
          assertTrue(one.closesWithin(5000));
        }
      }
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void drainingLetsTheRunningFinishAndClosesTheIdle() throws IOException {
    AtomicInteger go = new AtomicInteger();
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  while (connection.request() != null) {
                    Await.atLeast(go::get, 1);
                    connection.send(FakeTarget.ok("done"));
                  }
                });
        TestRouter router =
            TestRouter.start("route add a a.test/ http://" + target.address() + "/");
        RawConnection idle = router.connect();
        RawConnection running = router.connect()) {
      idle.send("GET / HTTP/1.1\r\nHost: nowhere\r\n\r\n");
      assertNotNull(idle.answer("GET"));
      running.send(GET);
      Await.atLeast(target::accepted, 1);

      Future<Void> drained = router.listener().drain(Duration.ofSeconds(20));

      assertTrue(idle.closesWithin(5000));
      Await.until("new connections are refused", () -> isRefused(router.port()));
      go.set(1);
      RawMessage answer = running.answer("GET");
      assertNotNull(answer);
      assertEquals("done", answer.body());
      assertEquals("close", answer.first("Connection"));
      assertTrue(running.closesWithin(5000));
      drained.await();
    }
  }

  private static boolean isRefused(int port) {
    try {
      RawConnection.to(port).close();
      return false;
    } catch (ConnectException refused) {
      return true;
    } catch (IOException other) {
      return false;
    }
  }

  @Test
  void drainingEndsWhatDoesNotFinishInTime() throws IOException {
    try (FakeTarget target =
            new FakeTarget(
                (connection, number) -> {
                  connection.request();
                  connection.rest();
                });
        TestRouter router =
            TestRouter.start("route add a a.test/ http://" + target.address() + "/");
        RawConnection client = router.connect()) {
      client.send(GET);
      Await.atLeast(target::accepted, 1);

      router.listener().drain(Duration.ofMillis(200)).await();

      assertTrue(client.closesWithin(5000));
    }
  }

  @Test
  void aRequestStaysOnTheLoopThatAcceptedItsConnection() throws IOException {
    // UpstreamPool asserts that each of its connections lives on its own loop.
    Map<Integer, Set<String>> threads = new ConcurrentHashMap<>();
    Observer observer =
        outcome -> {
          Outcome.Answered answered = assertInstanceOf(Outcome.Answered.class, outcome);
          threads
              .computeIfAbsent(answered.asked().peerPort(), port -> ConcurrentHashMap.newKeySet())
              .add(Thread.currentThread().getName());
        };
    List<RawConnection> clients = new ArrayList<>();
    try (FakeTarget target = FakeTarget.saying("ok");
        TestRouter router =
            TestRouter.start(2, observer, "route add a a.test/ http://" + target.address() + "/")) {
      for (int i = 0; i < 8; i++) {
        clients.add(router.connect());
      }
      for (int round = 0; round < 20; round++) {
        for (RawConnection client : clients) {
          client.send(GET);
        }
        for (RawConnection client : clients) {
          assertNotNull(client.answer("GET"));
        }
      }
    } finally {
      for (RawConnection client : clients) {
        client.close();
      }
    }
    assertEquals(8, threads.size());
    threads.values().forEach(names -> assertEquals(1, names.size(), names.toString()));
    assertEquals(2, threads.values().stream().distinct().count());
  }

  @Test
  void anObserverHearsWhatBecameOfEachRequest() throws IOException {
    List<Outcome> told = Collections.synchronizedList(new ArrayList<>());
    try (FakeTarget target = FakeTarget.saying("hello");
        Socket dead = new Socket()) {
      dead.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String gone = "127.0.0.1:" + dead.getLocalPort();
      try (TestRouter router =
              TestRouter.start(
                  1,
                  told::add,
                  "route add a a.test/foo http://"
                      + target.address()
                      + "/ opts \"strip=/foo\"\nroute add b a.test/gone http://"
                      + gone
                      + "/");
          RawConnection client = router.connect()) {
        for (String path : List.of("/foo/x?y=1", "/gone", "/none")) {
          client.send("GET " + path + " HTTP/1.1\r\nHost: a.test\r\nX-A: b\r\n\r\n");
          assertNotNull(client.answer("GET"));
        }
        Await.atLeast(told::size, 3);
        Outcome.Answered answered = assertInstanceOf(Outcome.Answered.class, told.get(0));
        assertEquals(200, answered.status());
        assertEquals("/x?y=1", answered.upstreamUri());
        assertEquals("/foo/x?y=1", answered.asked().uri());
        assertEquals("a.test", answered.asked().host());
        assertEquals("127.0.0.1", answered.asked().peer());
        assertEquals("b", answered.asked().header().apply("x-a"));
        assertEquals(5, answered.bodyBytes());
        assertEquals("a", answered.target().service());
        assertTrue(
            answered.headNanos() > 0
                && answered.asked().endNanos() > answered.asked().startNanos());
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, told.get(1));
        assertEquals(502, failed.status());
        Outcome.Own own = assertInstanceOf(Outcome.Own.class, told.get(2));
        assertEquals(404, own.status());
      }
    }
  }
}
