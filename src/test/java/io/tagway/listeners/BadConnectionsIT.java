package io.tagway.listeners;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Eventually;
import io.tagway.testkit.Hellos;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.TrustAll;
import io.tagway.testkit.UpstreamProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that begin in the wrong way, or not at all: each ends with a clear status or a close,
 * none leaves a stack trace, a hang or a descriptor behind.
 */
class BadConnectionsIT {
  private static final Path FIXTURES = Path.of("src/test/resources/tls");
  private static final String ANSWER = "the upstream";
  private static final String REQUEST =
      "GET /x HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
  private static final String ANNOUNCED = "PROXY TCP4 9.9.9.9 127.0.0.1 1111 80\r\n";

  private static final String HTTPS = "127.0.0.1";
  private static final String PROXIED = "127.0.0.2";
  private static final String PROXIED_TLS = "127.0.0.3";
  private static final String PASSED = "127.0.0.4";
  private static final String SHARED = "127.0.0.5";
  private static final String NAMED_SENDERS = "127.0.0.6";

  @SuppressWarnings("NullAway.Init")
  private static UpstreamProcess upstream;

  @SuppressWarnings("NullAway.Init")
  private static TagwayProcess tagway;

  @BeforeAll
  static void start() throws Exception {
    upstream = UpstreamProcess.start(ANSWER);
    String target = " http://127.0.0.1:" + upstream.port() + "/";
    tagway =
        TagwayProcess.start(
            List.of(
                "-insecure",
                "-registry.backend=static",
                "-registry.static.routes=route add svc /"
                    + target
                    + "\nroute add svc /guarded"
                    + target
                    + " opts \"allow=ip:9.9.9.9/32\"",
                "-ui.addr=127.0.0.9:0",
                "-metrics.target=prometheus",
                "-proxy.cs=cs=one;type=file;cert=" + FIXTURES + "/both.pem",
                "-proxy.addr="
                    + String.join(
                        ",",
                        HTTPS + ":0;cs=one",
                        PROXIED + ":0;pxyproto=true;pxytimeout=300ms",
                        PROXIED_TLS + ":0;cs=one;pxyproto=true",
                        PASSED + ":0;proto=tcp+sni;rt=1s",
                        SHARED + ":0;proto=https+tcp+sni;cs=one",
                        NAMED_SENDERS + ":0;pxyproto=true;pxyfrom=\"10.0.0.0/8,127.0.0.64/26\"")));
    tagway.proxyPort(NAMED_SENDERS);
  }

  @AfterAll
  static void stop() {
    String log = tagway.log();
    tagway.close();
    upstream.close();
    assertFalse(log.contains("Exception") || log.contains("\tat "), log);
  }

  private static Socket connect(String host) throws IOException {
    Socket socket = new Socket(host, tagway.proxyPort(host));
    socket.setSoTimeout(15_000);
    return socket;
  }

  /** Sends the bytes and gives what comes back until the server closes. */
  private static String exchange(Socket open, byte[] bytes) throws IOException {
    try (Socket socket = open) {
      socket.getOutputStream().write(bytes);
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException reset) {
      // A close while bytes are unread is a reset; as good.
      return "";
    }
  }

  private static String exchange(String host, String text) throws IOException {
    return exchange(connect(host), text.getBytes(ISO_8859_1));
  }

  private static Socket tls(Socket plain) throws IOException {
    return TrustAll.context().getSocketFactory().createSocket(plain, "a.test", 443, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {HTTPS, SHARED})
  void plainHttpOnATlsPortIsExplained(String host) throws IOException {
    assertEquals(
        "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
        exchange(host, REQUEST));
  }

  @ParameterizedTest
  @ValueSource(strings = {HTTPS, SHARED, PASSED})
  void garbageIsClosed(String host) throws IOException {
    String answer = exchange(host, "\u0000\u00ff garbage that is no protocol at all\n");
    assertFalse(answer.contains("HTTP"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {HTTPS, SHARED, PASSED})
  void anOversizedHelloIsClosed(String host) throws IOException {
    byte[] record = new byte[5 + 16_000];
    byte[] start = {22, 3, 1, (byte) (16_000 >> 8), (byte) (16_000 & 0xff), 1, (byte) 0x80};
    System.arraycopy(start, 0, record, 0, start.length);
    String answer = exchange(connect(host), record);
    assertTrue(answer.isEmpty() || answer.charAt(0) == 21, "nothing, or an alert");
  }

  @Test
  void aHelloThatDoesNotEndIsClosedAtTheReadLimit() throws IOException {
    byte[] hello = Hellos.ofJdk("a.test");
    assertEquals("", exchange(connect(PASSED), Arrays.copyOf(hello, hello.length / 2)));
    tagway.awaitLog("no ClientHello in time");
  }

  @Test
  void aHeaderThatNeverComesIsNoFault() throws IOException {
    assertTrue(exchange(PROXIED, REQUEST).contains(ANSWER));
    // Nothing for longer than pxytimeout: the connection goes on, to where HTTP is read.
    try (Socket socket = connect(PROXIED)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      assertTrue(exchange(socket, REQUEST.getBytes(ISO_8859_1)).contains(ANSWER));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, 'PROXY TCP4 999.1.1.1 127.0.0.1 1 2\r\n'",
    "127.0.0.2, 'PROXY TCP4 1.1.1.1 127.0.0.1 99999 2\r\n'",
    "127.0.0.2, 'PROXY TCP9 1.1.1.1 127.0.0.1 1 2\r\n'",
    "127.0.0.3, 'PROXY nonsense\r\n'"
  })
  void aHeaderThatLiesIsClosedAndTold(String host, String header) throws IOException {
    assertEquals("", exchange(host, header + REQUEST));
    tagway.awaitLog("proxy protocol: bad header from ");
  }

  @Test
  void aHeaderOfWhoMayNotSendOneIsClosedToldAndCounted() throws IOException {
    String guarded = ANNOUNCED + REQUEST.replace("/x", "/guarded");
    assertEquals("", exchange(NAMED_SENDERS, guarded));
    tagway.awaitLog(": its sender is not in pxyfrom, connection closed");
    assertTrue(exchange(NAMED_SENDERS, REQUEST).contains(ANSWER), "without a header");
    try (Socket balancer = new Socket()) {
      balancer.bind(new InetSocketAddress("127.0.0.70", 0));
      balancer.connect(new InetSocketAddress(NAMED_SENDERS, tagway.proxyPort(NAMED_SENDERS)));
      assertTrue(exchange(balancer, guarded.getBytes(ISO_8859_1)).contains(ANSWER));
    }
    try (Socket admin = new Socket("127.0.0.9", tagway.adminPort())) {
      String metrics = "GET /metrics HTTP/1.0\r\n\r\n";
      String page = exchange(admin, metrics.getBytes(ISO_8859_1));
      String series =
          "tagway_proxy_headers_refused_total{listener=\"127.0.0.6:0\",cause=\"untrusted\"} 1";
      assertTrue(page.contains(series), page);
    }
  }

  @Test
  void aHeaderThatDoesNotEndIsClosedInTime() throws IOException {
    assertEquals("", exchange(PROXIED, "PROXY TCP4 1.1.1.1"));
    tagway.awaitLog(": incomplete, connection closed");
  }

  @Test
  void theAnnouncedAddressCountsBeforeAndBehindTls() throws IOException {
    String guarded = REQUEST.replace("/x", "/guarded");
    assertTrue(exchange(PROXIED, guarded).startsWith("HTTP/1.1 403"));
    assertTrue(exchange(PROXIED, ANNOUNCED + guarded).contains(ANSWER));

    Socket socket = connect(PROXIED_TLS);
    socket.getOutputStream().write(ANNOUNCED.getBytes(ISO_8859_1));
    assertTrue(exchange(tls(socket), guarded.getBytes(ISO_8859_1)).contains(ANSWER));
  }

  @Test
  void descriptorsReturnToTheBaseline() throws IOException {
    abuse();
    Eventually.soon("quiet", BadConnectionsIT::noClients);
    long baseline = tagway.descriptors();
    for (int i = 0; i < 20; i++) {
      abuse();
    }
    Eventually.within(Duration.ofSeconds(20))
        .await("no more than " + baseline, () -> descriptors() <= baseline);
  }

  private static void abuse() throws IOException {
    for (String host : List.of(HTTPS, SHARED, PASSED, PROXIED_TLS)) {
      try (Socket socket = connect(host)) {
        socket.getOutputStream().write(Hellos.ofJdk("a.test"), 0, 40);
      }
      exchange(host, "rubbish\n");
      // The client leaves in the middle of a handshake and of an answer.
      try (Socket plain = connect(host);
          Socket secure = tls(plain)) {
        plain.setSoTimeout(5000);
        secure.getOutputStream().write(REQUEST.getBytes(ISO_8859_1));
      } catch (IOException refused) {
        // tcp+sni has no route for it.
      }
    }
    exchange(PROXIED, "PROXY nonsense\r\n");
    exchange(PROXIED, ANNOUNCED + REQUEST);
  }

  /** What is left are connections to the upstream, which are kept. */
  private static boolean noClients() {
    long first = descriptors();
    Eventually.soon("another look", () -> true);
    return first == descriptors();
  }

  private static long descriptors() {
    try {
      return tagway.descriptors();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
