package io.tagway.proxy.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listener tcp with a certificate source. */
class TlsListenerIT {
  private static TestCertificate certificate;

  @BeforeAll
  static void certificate(@TempDir Path directory) throws Exception {
    certificate = TestCertificate.in(directory, "db.test");
  }

  private static TcpRouter router(TestTarget target, boolean proxyProtocol, String options) {
    return TcpRouter.byPort(
        w -> proxyProtocol ? w.withProxyProtocol() : w,
        Optional.of(certificate::configure),
        "route add a :PORT tcp://" + target.address() + options);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theTargetGetsPlainBytes(String version) throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router = router(target, false, "");
        SSLSocket client = certificate.client(router.connect(), "db.test")) {
      client.setEnabledProtocols(new String[] {version});
      byte[] much = new byte[1 << 20];
      Thread writer =
          new Thread(
              () -> {
                try {
                  client.getOutputStream().write(much);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      writer.start();
      assertEquals(much.length, TestTarget.read(client.getInputStream(), much.length).length);
      writer.join();
      assertEquals(version, client.getSession().getProtocol());
      assertEquals(much.length, router.counts.sent.get());
    }
  }

  /** TLS 1.3 has half-closed connections (RFC 8446, 6.1). */
  @Test
  void anAnswerAfterTheClientHasEndedItsSideArrives() throws Exception {
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  byte[] question = client.getInputStream().readAllBytes();
                  client.getOutputStream().write(question);
                });
        TcpRouter router = router(target, false, "");
        SSLSocket client = certificate.client(router.connect(), "db.test")) {
      client.setEnabledProtocols(new String[] {"TLSv1.3"});
      client.getOutputStream().write("question".getBytes(US_ASCII));
      client.shutdownOutput();
      assertEquals("question", new String(client.getInputStream().readAllBytes(), US_ASCII));
    }
  }

  @Test
  void theTargetMaySpeakFirst() throws Exception {
    try (TestTarget target = TestTarget.named("220 ready");
        TcpRouter router = router(target, false, "");
        SSLSocket client = certificate.client(router.connect(), "db.test")) {
      assertEquals("220 ready", new String(client.getInputStream().readAllBytes(), US_ASCII));
    }
  }

  @Test
  void theResetOfATargetDoesNotLookLikeAnEnd() throws Exception {
    try (TestTarget target =
            TestTarget.start(
                client -> {
                  client.getOutputStream().write("half".getBytes(US_ASCII));
                  assertEquals('x', client.getInputStream().read());
                  client.setSoLinger(true, 0);
                });
        TcpRouter router = router(target, false, "");
        SSLSocket client = certificate.client(router.connect(), "db.test")) {
      TestTarget.read(client.getInputStream(), 4);
      client.getOutputStream().write('x');
      IOException end = assertThrows(IOException.class, () -> client.getInputStream().read());
      assertEquals(true, end instanceof SocketException || end instanceof SSLException);
    }
  }

  @Test
  void theProxyHeaderPrecedesTls() throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router = router(target, true, " opts \"pxyproto=true\"")) {
      Socket socket = router.connect();
      for (String part : List.of("PROXY TCP4 1.2.3.4 5.6", ".7.8 1111 2222\r\n")) {
        socket.getOutputStream().write(part.getBytes(US_ASCII));
      }
      try (SSLSocket client = certificate.client(socket, "db.test")) {
        client.getOutputStream().write('x');
        String line = "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\nx";
        assertEquals(
            line, new String(TestTarget.read(client.getInputStream(), line.length()), US_ASCII));
      }
    }
  }

  @Test
  void whoSpeaksNoTlsIsClosed() throws Exception {
    try (TestTarget target = TestTarget.echo();
        TcpRouter router = router(target, false, "");
        Socket client = router.connect()) {
      client.getOutputStream().write("hello, are you there?\r\n\r\n".getBytes(US_ASCII));
      byte[] said = client.getInputStream().readAllBytes();
      assertEquals(true, said.length == 0 || said[0] == 21, "nothing, or an alert");
      assertEquals(0, target.accepted());
    }
  }
}
