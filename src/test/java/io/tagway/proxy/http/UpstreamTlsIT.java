package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.proxy.Observer;
import io.tagway.tls.UpstreamTls;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Targets with TLS, whose certificate is for b.test. */
class UpstreamTlsIT {
  private static final UpstreamTls TRUSTING =
      new UpstreamTls(Map.of("SSL_CERT_FILE", TlsSockets.certificate("b").toString()));

  /** Answers one request on each connection, and closes it. */
  private static FakeTarget target(List<Socket> sockets) throws IOException {
    return new FakeTarget(
        TlsSockets.listen("b"),
        (connection, number) -> {
          if (connection.request() != null) {
            sockets.add(connection.socket());
            connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
          }
        });
  }

  private static int status(TestRouter router) throws IOException {
    try (RawConnection client = router.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
      RawMessage answer = client.answer("GET", new ArrayList<>(), piece -> {});
      assertNotNull(answer);
      return answer.status();
    }
  }

  private static TestRouter router(FakeTarget target, String options) {
    return TestRouter.start(
        1,
        TRUSTING,
        Observer.NONE,
        "route add a a.test/ https://" + target.address() + "/ opts \"" + options + "\"");
  }

  @Test
  void theNameIsVerifiedAndSent() throws IOException {
    List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    try (FakeTarget target = target(sockets);
        TestRouter router = router(target, "host=b.test")) {
      assertEquals(200, status(router));
      assertEquals(
          List.of(new RawMessage.Line(":sni", "b.test")), TlsSockets.asked(sockets.get(0)));
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws IOException {
    List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    try (FakeTarget target = target(sockets);
        TestRouter router = router(target, "host=other.test")) {
      assertEquals(502, status(router));
      assertTrue(sockets.isEmpty());
    }
  }

  @Test
  void sessionsAreResumed() throws IOException {
    List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    try (FakeTarget target = target(sockets);
        TestRouter router = router(target, "host=b.test")) {
      assertEquals(200, status(router));
      assertEquals(200, status(router));
      long first = ((SSLSocket) sockets.get(0)).getSession().getCreationTime();
      assertEquals(first, ((SSLSocket) sockets.get(1)).getSession().getCreationTime());
      assertFalse(sockets.get(0) == sockets.get(1));
    }
  }
}
