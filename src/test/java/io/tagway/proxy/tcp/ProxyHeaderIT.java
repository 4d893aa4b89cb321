package io.tagway.proxy.tcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.IpBlock;
import io.tagway.route.IpNetwork;
import java.io.IOException;
import java.net.Socket;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PROXY headers, in and out, on a listener tcp. */
class ProxyHeaderIT {
  private static String exchange(TcpRouter router, String say) throws IOException {
    try (Socket client = router.connect()) {
      client.getOutputStream().write(say.getBytes(ISO_8859_1));
      client.shutdownOutput();
      return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void theTargetIsToldTheEndsOfTheSocket() throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router =
            TcpRouter.byPort(
                "route add a :PORT tcp://" + target.address() + " opts \"pxyproto=true\"");
        Socket client = router.connect()) {
      client.getOutputStream().write('x');
      client.shutdownOutput();
      assertEquals(
          "PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " " + router.port() + "\r\nx",
          new String(client.getInputStream().readAllBytes(), ISO_8859_1));
    }
  }

  @Test
  void theTargetIsToldEvenIfTheClientSaysNothing() throws Exception {
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  byte[] line = client.getInputStream().readNBytes(11);
                  client.getOutputStream().write(line);
                });
        TcpRouter router =
            TcpRouter.byPort(
                "route add a :PORT tcp://" + target.address() + " opts \"pxyproto=true\"");
        Socket client = router.connect()) {
      assertEquals("PROXY TCP4 ", new String(client.getInputStream().readNBytes(11), ISO_8859_1));
    }
  }

  @Test
  void whatWasAnnouncedIsAnnouncedOn() throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router =
            TcpRouter.byPort(
                TcpRouter.Wish::withProxyProtocol,
                "route add a :PORT tcp://" + target.address() + " opts \"pxyproto=true\"")) {
      String line = "PROXY TCP6 2001:db8::1 2001:db8::2 1111 2222\r\n";
      assertEquals(line + "hello", exchange(router, line + "hello"));
    }
  }

  @Test
  void version2IsToBeHad() throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router =
            TcpRouter.byPort(
                TcpRouter.Wish::withProxyProtocol,
                "route add a :PORT tcp://" + target.address() + " opts \"pxyproto=v2\"")) {
      String out = exchange(router, "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\nhello");
      assertTrue(out.startsWith("\r\n\r\n\0\r\nQUIT\n!"), out);
      assertEquals(28 + 5, out.length());
      // And what it sends it can read.
      assertEquals(out, exchange(router, out.substring(0, 28) + "hello"));
    }
  }

  @ParameterizedTest
  @CsvSource({"1.2.3.4, ''", "1.2.3.5, hello"})
  void accessRulesSeeTheAnnouncedAddress(String source, String expected) throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router =
            TcpRouter.byPort(
                TcpRouter.Wish::withProxyProtocol,
                "route add a :PORT tcp://" + target.address() + " opts \"deny=ip:1.2.3.4\"")) {
      assertEquals(
          expected, exchange(router, "PROXY TCP4 " + source + " 5.6.7.8 1111 2222\r\nhello"));
    }
  }

  @Test
  void aTargetThatSpeaksFirstIsReachedWithoutAHeader() throws Exception {
    try (TestTarget target = TestTarget.named("220 ready");
        TcpRouter router =
            TcpRouter.byPort(
                TcpRouter.Wish::withProxyProtocol, "route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      assertEquals("220 ready", new String(client.getInputStream().readAllBytes(), ISO_8859_1));
    }
  }

  @Test
  void aClientThatEndsAtOnceIsServedWithoutAHeader() throws Exception {
    try (TestTarget target = TestTarget.named("220 ready");
        TcpRouter router =
            TcpRouter.byPort(
                TcpRouter.Wish::withProxyProtocol, "route add a :PORT tcp://" + target.address())) {
      assertEquals("220 ready", exchange(router, ""));
    }
  }

  private static IpBlock block(String text) {
    return new IpBlock(text, Objects.requireNonNull(IpNetwork.parse(text)));
  }

  @Test
  void onlyThoseWhoAreNamedMaySendHeaders() throws Exception {
    IpBlock elsewhere = block("10.0.0.0/8");
    IpBlock here = block("127.0.0.0/8");
    String header = "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n";
    try (TestTarget target = TestTarget.echo();
        TcpRouter router =
            TcpRouter.byPort(
                wish -> wish.withProxyProtocolFrom(elsewhere),
                "route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      client.getOutputStream().write((header + "hello").getBytes(ISO_8859_1));
      assertEquals(-1, client.getInputStream().read());
      Await.until("counted", () -> router.counts.failed.get() == 1);
      assertEquals(0, target.accepted());
      assertEquals("hello", exchange(router, "hello"), "without a header everybody may come");
    }
    try (TestTarget target = TestTarget.echo();
        TcpRouter router =
            TcpRouter.byPort(
                wish -> wish.withProxyProtocolFrom(elsewhere, here),
                "route add a :PORT tcp://" + target.address() + " opts \"deny=ip:1.2.3.5\"")) {
      assertEquals("hello", exchange(router, header + "hello"));
      assertEquals("", exchange(router, header.replace("1.2.3.4", "1.2.3.5") + "hello"));
    }
  }

  @Test
  void aBrokenHeaderIsCountedAndClosed() throws Exception {
    try (TestTarget target = TestTarget.named("x");
        TcpRouter router =
            TcpRouter.byPort(
                TcpRouter.Wish::withProxyProtocol, "route add a :PORT tcp://" + target.address());
        Socket client = router.connect()) {
      client.getOutputStream().write("PROXY TCP4 1.2.3.4\r\n".getBytes(ISO_8859_1));
      assertEquals(-1, client.getInputStream().read());
      Await.until("counted", () -> router.counts.failed.get() == 1);
      assertEquals(0, target.accepted());
    }
  }
}
