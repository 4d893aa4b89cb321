package io.tagway.proxy.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.Proto;
import io.tagway.route.Table;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Listener tcp-dynamic. */
class DynamicPortsIT {
  private static final class Router implements AutoCloseable {
    final TcpRouter router = new TcpRouter();
    final DynamicPorts ports;
    private volatile Table table = TestTables.of();

    Router(Duration farewell) {
      ports =
          new DynamicPorts(
              router.vertx,
              new TcpRouter.Wish(
                      Duration.ZERO, Duration.ZERO, false, List.of(), Duration.ofSeconds(1))
                  .settings(Proto.TCP_DYNAMIC),
              TcpRouter.LOOPS,
              new TcpForwarding(() -> table, Duration.ofSeconds(3), Duration.ZERO, router.counts),
              TcpRouter.HEADERS,
              Optional.empty(),
              farewell);
      ports.open().await();
    }

    void swap(String... routes) {
      Table before = table;
      table = TestTables.of(routes);
      ports.accept(before, table);
    }

    @Override
    public void close() {
      ports.drain(Duration.ZERO).await();
      router.close();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String read(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(5_000);
      socket.connect(new InetSocketAddress(host, port), 5_000);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "refused";
    }
  }

  private static String read(int port) {
    return read("127.0.0.1", port);
  }

  @Test
  void aPortOpensWithin100MillisecondsAndClosesWithItsLastInstance() throws Exception {
    int port = freePort();
    try (TestTarget one = TestTarget.named("one");
        TestTarget two = TestTarget.named("two");
        Router router = new Router(Duration.ZERO)) {
      assertEquals("refused", read(port));
      int first = freePort();
      String other = "route add a :" + first + " tcp://" + one.address();
      router.swap(other);
      Await.until("the first one opens", () -> read(first).equals("one"));
      long start = System.nanoTime();
      router.swap(other, "route add a :" + port + " tcp://" + one.address());
      Await.until("opens", () -> read(port).equals("one"));
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertTrue(millis < 100, millis + " ms");
      router.swap("route add b :" + port + " tcp://" + two.address());
      assertEquals("two", read(port));
      router.swap("route add a example.com/ http://127.0.0.1:1/");
      Await.until("closes", () -> read(port).equals("refused"));
    }
  }

  @Test
  void manySwapsAreOne() throws Exception {
    int port = freePort();
    try (TestTarget target = TestTarget.named("here");
        Router router = new Router(Duration.ZERO)) {
      for (int i = 0; i < 200; i++) {
        router.swap("route add a :" + port + " tcp://" + target.address());
        router.swap();
      }
      router.swap("route add a :" + port + " tcp://" + target.address());
      Await.until("opens", () -> read(port).equals("here"));
    }
  }

  @Test
  void connectionsMayGoOnAfterTheirPortWasClosed() throws Exception {
    int port = freePort();
    try (TestTarget target = TestTarget.echo();
        Router router = new Router(Duration.ofSeconds(60))) {
      router.swap("route add a :" + port + " tcp://" + target.address());
      Await.until("opens", () -> !read(port, "x").equals("refused"));
      try (Socket client = TcpRouter.connect(port)) {
        client.getOutputStream().write('x');
        assertEquals('x', client.getInputStream().read());
        router.swap();
        Await.until("closes", () -> read(port, "x").equals("refused"));
        client.getOutputStream().write('y');
        assertEquals('y', client.getInputStream().read());
        router.swap("route add a :" + port + " tcp://" + target.address());
        Await.until("opens again", () -> read(port, "x").equals("x"));
        client.getOutputStream().write('z');
        assertEquals('z', client.getInputStream().read());
      }
    }
  }

  private static String read(int port, String say) {
    try (Socket socket = TcpRouter.connect(port)) {
      socket.getOutputStream().write(say.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "refused";
    }
  }

  @Test
  void connectionsAreCutAtTheLimitAfterTheirPortWasClosed() throws Exception {
    int port = freePort();
    try (TestTarget target = TestTarget.echo();
        Router router = new Router(Duration.ofMillis(200))) {
      router.swap("route add a :" + port + " tcp://" + target.address());
      Await.until("opens", () -> read(port, "x").equals("x"));
      try (Socket client = TcpRouter.connect(port)) {
        client.getOutputStream().write('x');
        assertEquals('x', client.getInputStream().read());
        router.swap();
        assertEquals(-1, client.getInputStream().read());
      }
    }
  }

  @Test
  void anAddressInTheKeyIsPreferredAndTheOthersStayOut() throws Exception {
    int port = freePort();
    int second = freePort();
    try (TestTarget one = TestTarget.named("one");
        TestTarget any = TestTarget.named("any");
        Router router = new Router(Duration.ZERO)) {
      router.swap(
          "route add a 127.0.0.1:" + port + "/ tcp://" + one.address(),
          "route add b :" + port + " tcp://" + any.address(),
          "route add a 127.0.0.1:" + second + "/ tcp://" + one.address());
      Await.until("opens", () -> read(port).equals("one") && read(second).equals("one"));
      assertEquals("any", read("127.0.0.2", port));
      assertEquals("", read("127.0.0.2", second));
      Await.until("counted", () -> router.router.counts.noRoute.get() == 1);
    }
  }

  @Test
  void keysWithIpv6AddressesWork() throws Exception {
    int port = freePort();
    try (TestTarget six = TestTarget.named("six");
        Router router = new Router(Duration.ZERO)) {
      router.swap("route add a [0:0:0:0:0:0:0:1]:" + port + "/ tcp://" + six.address());
      Await.until("opens", () -> read("::1", port).equals("six"));
      assertEquals("", read(port));
    }
  }

  @Test
  void targetsMayAskForAProxyHeader() throws Exception {
    int port = freePort();
    try (TestTarget target = TestTarget.echo();
        Router router = new Router(Duration.ZERO)) {
      router.swap(
          "route add a :" + port + " tcp://" + target.address() + " opts \"pxyproto=true\"");
      Await.until("opens", () -> read(port, "x").startsWith("PROXY TCP4 127.0.0.1 127.0.0.1 "));
    }
  }

  @Test
  void aPortThatOthersUseIsReportedOnceAndTriedAgain() throws Exception {
    AtomicInteger reports = new AtomicInteger();
    Handler counter =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            if (message.getMessage().contains("address already in use")) {
              reports.incrementAndGet();
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger log = Logger.getLogger(DynamicPorts.class.getName());
    log.addHandler(counter);
    ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[4]));
    int port = taken.getLocalPort();
    try (TestTarget target = TestTarget.named("here");
        Router router = new Router(Duration.ZERO)) {
      String route = "route add a :" + port + " tcp://" + target.address();
      router.swap(route);
      Await.until("reported", () -> reports.get() == 1);
      router.swap(route, "route add b example.com/ http://127.0.0.1:1/");
      router.swap(route);
      taken.close();
      Await.until("opens", () -> read(port).equals("here"));
      assertEquals(1, reports.get());
    } finally {
      taken.close();
      log.removeHandler(counter);
    }
  }
}
