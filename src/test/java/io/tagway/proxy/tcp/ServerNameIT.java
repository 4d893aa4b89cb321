package io.tagway.proxy.tcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Hellos;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listener tcp+sni. */
class ServerNameIT {
  private static TestCertificate certificate;

  @BeforeAll
  static void certificate(@TempDir Path directory) throws Exception {
    certificate = TestCertificate.in(directory, "db.test");
  }

  /** Speaks TLS and echoes. */
  private static TestTarget tlsEcho() throws IOException {
    return TestTarget.start(
        client -> {
          try (SSLSocket tls = certificate.server(client)) {
            tls.getInputStream().transferTo(tls.getOutputStream());
          }
        });
  }

  private static String echo(SSLSocket client) throws IOException {
    client.getOutputStream().write("hello".getBytes(ISO_8859_1));
    String said = new String(TestTarget.read(client.getInputStream(), 5), ISO_8859_1);
    assertEquals("CN=db.test", client.getSession().getPeerPrincipal().getName());
    return said;
  }

  @Test
  void tlsIsPassedThroughByServerName() throws Exception {
    try (TestTarget target = tlsEcho();
        TcpRouter router =
            TcpRouter.byServerName(
                w -> w,
                "route add a db.test/ tcp://" + target.address(),
                "route add b other.test/ tcp://127.0.0.1:1");
        SSLSocket client = certificate.client(router.connect(), "DB.test")) {
      assertEquals("hello", echo(client));
      Await.until("counted", () -> router.counts.accepted.get() == 1);
    }
  }

  @Test
  void theClientHelloMayComeByteByByte() throws Exception {
    try (TestTarget target = tlsEcho();
        TcpRouter router =
            TcpRouter.byServerName(w -> w, "route add a db.test/ tcp://" + target.address());
        SSLSocket client = certificate.client(new Chopped(router.connect()), "db.test")) {
      assertEquals("hello", echo(client));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100, 16384})
  void everyByteArrivesAsItWasSent(int recordBytes) throws Exception {
    byte[] hello = Hellos.inRecords(Hellos.ofJdk("db.test"), recordBytes);
    try (TestTarget target = TestTarget.echo();
        TcpRouter router =
            TcpRouter.byServerName(w -> w, "route add a db.test/ tcp://" + target.address());
        Socket client = router.connect()) {
      client.getOutputStream().write(hello);
      client.getOutputStream().write("and more".getBytes(ISO_8859_1));
      client.shutdownOutput();
      byte[] all = client.getInputStream().readAllBytes();
      assertArrayEquals((new String(hello, ISO_8859_1) + "and more").getBytes(ISO_8859_1), all);
      assertEquals(all.length, router.counts.sent.get());
    }
  }

  @Test
  void aProxyHeaderPrecedesTheClientHello() throws Exception {
    byte[] hello = Hellos.ofJdk("db.test");
    String header = "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n";
    try (TestTarget target = TestTarget.echo();
        TcpRouter router =
            TcpRouter.byServerName(
                TcpRouter.Wish::withProxyProtocol,
                "route add a db.test/ tcp://" + target.address() + " opts \"pxyproto=true\"");
        Socket client = router.connect()) {
      client.getOutputStream().write(header.getBytes(ISO_8859_1));
      client.getOutputStream().write(hello);
      client.shutdownOutput();
      assertEquals(
          header + new String(hello, ISO_8859_1),
          new String(client.getInputStream().readAllBytes(), ISO_8859_1));
    }
  }

  @Test
  void routesOfAnySchemeAreTaken() throws Exception {
    try (TestTarget target = tlsEcho();
        TcpRouter router =
            TcpRouter.byServerName(
                w -> w, "route add a db.test/ https://" + target.address() + "/x");
        SSLSocket client = certificate.client(router.connect(), "db.test")) {
      assertEquals("hello", echo(client));
    }
  }

  @Test
  void anUnknownNameIsClosedAndCounted() throws Exception {
    try (TcpRouter router =
            TcpRouter.byServerName(w -> w, "route add a db.test/ tcp://127.0.0.1:1");
        Socket client = router.connect()) {
      client.getOutputStream().write(Hellos.ofJdk("nowhere.test"));
      assertEquals(-1, client.getInputStream().read());
      Await.until("counted", () -> router.counts.noRoute.get() == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001\u0000\u0000"})
  void garbageIsClosedAndCounted(String garbage) throws Exception {
    try (TcpRouter router =
            TcpRouter.byServerName(w -> w, "route add a db.test/ tcp://127.0.0.1:1");
        Socket client = router.connect()) {
      client.getOutputStream().write(garbage.getBytes(ISO_8859_1));
      assertEquals(-1, client.getInputStream().read());
      Await.until("counted", () -> router.counts.failed.get() == 1);
    }
  }

  @Test
  void aNamelessHelloIsClosedAndCounted() throws Exception {
    try (TcpRouter router =
            TcpRouter.byServerName(w -> w, "route add a db.test/ tcp://127.0.0.1:1");
        Socket client = router.connect()) {
      client.getOutputStream().write(Hellos.ofJdk(""));
      assertEquals(-1, client.getInputStream().read());
      Await.until("counted", () -> router.counts.failed.get() == 1);
    }
  }

  @Test
  void aHelloThatDoesNotEndInTimeIsClosedAndCounted() throws Exception {
    try (TcpRouter router =
            TcpRouter.byServerName(
                w -> w.readTimeout(Duration.ofMillis(300)),
                "route add a db.test/ tcp://127.0.0.1:1");
        Socket client = router.connect()) {
      client.getOutputStream().write(Hellos.ofJdk("db.test"), 0, 50);
      long start = System.nanoTime();
      assertEquals(-1, client.getInputStream().read());
      assertTrue(System.nanoTime() - start > 200_000_000L);
      Await.until("counted", () -> router.counts.failed.get() == 1);
    }
  }

  @Test
  void aClientThatGoesAwayIsNoTrouble() throws Exception {
    CompletableFuture<Void> served = new CompletableFuture<>();
    try (TestTarget target = TestTarget.start(client -> served.complete(null));
        TcpRouter router =
            TcpRouter.byServerName(w -> w, "route add a db.test/ tcp://" + target.address())) {
      byte[] hello = Hellos.ofJdk("db.test");
      for (int bytes : new int[] {0, 1, 50}) {
        try (Socket client = router.connect()) {
          client.getOutputStream().write(hello, 0, bytes);
        }
      }
      try (Socket client = router.connect()) {
        client.getOutputStream().write(hello);
        served.join();
      }
      Await.until("counted", () -> router.counts.accepted.get() == 4);
    }
  }
}
