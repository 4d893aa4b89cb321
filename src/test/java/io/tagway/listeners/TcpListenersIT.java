package io.tagway.listeners;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.Eventually;
import io.tagway.testkit.Hellos;
import io.tagway.testkit.SClient;
import io.tagway.testkit.SocketTarget;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.TrustAll;
import io.tagway.testkit.UpstreamProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The TCP kinds of listeners, in the packed jar. */
class TcpListenersIT {
  private static final String CERTIFICATE =
      "-proxy.cs=cs=one;type=file;cert=src/test/resources/tls/both.pem";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static TagwayProcess start(String routes, String... options) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "-insecure",
                "-registry.backend=static",
                "-registry.static.routes=" + routes,
                "-ui.addr=127.0.0.9:0",
                CERTIFICATE));
    all.addAll(List.of(options));
    return TagwayProcess.start(all);
  }

  private static void assertNoTrace(TagwayProcess tagway) {
    assertFalse(tagway.log().contains("\tat "), tagway.log());
  }

  /** Waits for the greeting, says something, ends its side, and reads the answer to its end. */
  private static void converse(Socket open) throws IOException {
    try (Socket socket = open) {
      socket.setSoTimeout(15_000);
      assertEquals("hello\n", new String(socket.getInputStream().readNBytes(6), US_ASCII));
      byte[] much = new byte[1 << 20];
      Arrays.fill(much, (byte) 'x');
      socket.getOutputStream().write(much);
      socket.shutdownOutput();
      assertArrayEquals(much, socket.getInputStream().readAllBytes());
    }
  }

  @Test
  void theServerMaySpeakFirstAndTheClientMayEndFirst() throws Exception {
    int port = SocketTarget.freePort();
    try (SocketTarget target = SocketTarget.greeting();
        TagwayProcess tagway =
            start(
                "route add db :%d tcp://%s".formatted(port, target.address()),
                "-proxy.addr=127.0.0.1:%d;proto=tcp".formatted(port))) {
      converse(new Socket(InetAddress.getLoopbackAddress(), tagway.proxyPort("127.0.0.1")));
      assertNoTrace(tagway);
    }
  }

  /** BoringSSL answers the end of a client at once with its own, as TLS 1.2 wants it. */
  @Test
  void overTlsTheServerMaySpeakFirstAndTheEndOfTheClientEndsBoth() throws Exception {
    int port = SocketTarget.freePort();
    BlockingQueue<byte[]> seen = new LinkedBlockingQueue<>();
    try (SocketTarget target =
            new SocketTarget(
                socket -> {
                  socket.getOutputStream().write("hello\n".getBytes(US_ASCII));
                  seen.add(socket.getInputStream().readAllBytes());
                });
        TagwayProcess tagway =
            start(
                "route add db :%d tcp://%s".formatted(port, target.address()),
                "-proxy.addr=127.0.0.1:%d;proto=tcp;cs=one".formatted(port))) {
      try (Socket socket =
          TrustAll.context()
              .getSocketFactory()
              .createSocket(InetAddress.getLoopbackAddress(), tagway.proxyPort("127.0.0.1"))) {
        socket.setSoTimeout(15_000);
        assertEquals("hello\n", new String(socket.getInputStream().readNBytes(6), US_ASCII));
        byte[] much = new byte[1 << 20];
        socket.getOutputStream().write(much);
        socket.shutdownOutput();
        assertEquals(-1, socket.getInputStream().read());
        assertArrayEquals(much, seen.poll(10, TimeUnit.SECONDS));
      }
      assertNoTrace(tagway);
    }
  }

  @Test
  void namesArePassedThroughByteForByteHoweverTheyAreCut() throws Exception {
    BlockingQueue<byte[]> seen = new LinkedBlockingQueue<>();
    byte[] hello = Hellos.inRecords(Hellos.ofJdk("db.test"), 7);
    try (UpstreamProcess http = UpstreamProcess.start("the upstream");
        SocketTarget target =
            new SocketTarget(
                socket -> {
                  seen.add(socket.getInputStream().readNBytes(hello.length));
                  socket.getOutputStream().write('!');
                });
        TagwayProcess tagway =
            start(
                "route add db db.test/ tcp://%s\nroute add web a.test/ http://127.0.0.1:%d/"
                    .formatted(target.address(), http.port()),
                "-proxy.addr=127.0.0.1:0;proto=tcp+sni,127.0.0.2:0;proto=https+tcp+sni;cs=one")) {
      for (String host : List.of("127.0.0.1", "127.0.0.2")) {
        try (Socket socket = new Socket(host, tagway.proxyPort(host))) {
          socket.setTcpNoDelay(true);
          socket.setSoTimeout(15_000);
          for (byte one : hello) {
            socket.getOutputStream().write(one);
          }
          assertEquals('!', socket.getInputStream().read());
        }
        assertArrayEquals(hello, seen.poll(10, TimeUnit.SECONDS));
      }
      String output =
          SClient.talk(
              "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n",
              "127.0.0.2:" + tagway.proxyPort("127.0.0.2"),
              "-servername",
              "a.test");
      assertTrue(output.contains("the upstream"), output);
      assertNoTrace(tagway);
    }
  }

  @Test
  void aStopLetsConnectionsEndInTime() throws Exception {
    int port = SocketTarget.freePort();
    try (SocketTarget target = SocketTarget.greeting();
        TagwayProcess tagway =
            start(
                "route add db :%d tcp://%s".formatted(port, target.address()),
                "-proxy.addr=127.0.0.1:%d;proto=tcp".formatted(port),
                "-proxy.shutdownwait=1h")) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), tagway.proxyPort("127.0.0.1"))) {
        socket.setSoTimeout(15_000);
        assertEquals('h', socket.getInputStream().read());
        tagway.terminate();
        Eventually.soon("the port is closed", () -> refuses(port));
        socket.getOutputStream().write("still here".getBytes(US_ASCII));
        socket.shutdownOutput();
        assertEquals(
            "ello\nstill here", new String(socket.getInputStream().readAllBytes(), US_ASCII));
      }
      assertEquals(0, tagway.exit(LIMIT), tagway::log);
      assertNoTrace(tagway);
    }
  }

  private static boolean refuses(int port) {
    try {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  @Test
  void dynamicPortsFollowTheCatalog() throws Exception {
    try (ConsulProcess consul = ConsulProcess.dev();
        SocketTarget target = SocketTarget.greeting();
        TagwayProcess tagway =
            TagwayProcess.start(
                List.of(
                    "-insecure",
                    "-registry.consul.addr=" + consul.address(),
                    "-registry.consul.register.enabled=false",
                    "-ui.addr=127.0.0.9:0",
                    "-proxy.addr=127.0.0.1:0;proto=tcp-dynamic"))) {
      tagway.awaitLog("TCP-DYNAMIC proxy follows the ports of routes");
      List<Long> millis = new ArrayList<>();
      for (int round = 0; round < 7; round++) {
        int port = SocketTarget.freePort();
        String tag = "urlprefix-:" + port + " proto=tcp";
        consul.register("db-1", "db", target.port(), tag);
        long registered = System.nanoTime();
        Eventually.soon("port " + port + " is open", () -> !refuses(port));
        millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - registered));
        converse(new Socket(InetAddress.getLoopbackAddress(), port));

        consul.register("db-2", "db", target.port(), tag);
        consul.deregister("db-1");
        converse(new Socket(InetAddress.getLoopbackAddress(), port));
        consul.deregister("db-2");
        Eventually.soon("port " + port + " is closed", () -> refuses(port));
      }
      Collections.sort(millis);
      // A machine that is busy with something else slows this down, but not every time.
      assertTrue(millis.get(0) < 100, "milliseconds: " + millis);
      System.out.println("milliseconds from registration to an open port: " + millis);
      assertNoTrace(tagway);
    }
  }
}
