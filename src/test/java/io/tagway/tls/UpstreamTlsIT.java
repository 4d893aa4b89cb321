package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections to a target that has a certificate for b.test, and for nobody else. */
class UpstreamTlsIT {
  private final Vertx vertx = Vertx.vertx();
  private final UpstreamTls trusting =
      new UpstreamTls(Map.of("SSL_CERT_FILE", Fixtures.path("b-cert.pem").toString()));
  private final UpstreamTls machine = new UpstreamTls(Map.of());

  @AfterEach
  void close() {
    TlsTestServer.await(vertx.close());
  }

  private Future<NetSocket> connect(
      TlsTestServer server, UpstreamTls tls, boolean skipVerify, String name) {
    return vertx
        .createNetClient(new NetClientOptions().setSslEngineOptions(tls.engine()))
        .connect(
            new ConnectOptions()
                .setRemoteAddress(SocketAddress.inetSocketAddress(server.port(), "127.0.0.1"))
                .setHost(name)
                .setPort(server.port())
                .setSsl(true)
                .setSniServerName(name)
                .setSslOptions(tls.options(skipVerify, List.of())));
  }

  private static void assertFails(Future<NetSocket> connecting) {
    var result = connecting.toCompletionStage().toCompletableFuture();
    Throwable cause =
        assertThrows(ExecutionException.class, () -> result.get(20, TimeUnit.SECONDS)).getCause();
    assertTrue(cause instanceof SSLException, String.valueOf(cause));
  }

  private static TlsTestServer open(boolean strict) {
    Fixtures.Listener listener = Fixtures.listener(Fixtures.file("b"));
    return TlsTestServer.echo(strict ? listener.strictMatch() : listener);
  }

  @Test
  void verifiesAndSendsTheName() {
    // strictmatch lets in only those who send the name.
    try (TlsTestServer server = open(true)) {
      assertTrue(TlsTestServer.await(connect(server, trusting, false, "b.test")).isSsl());
    }
  }

  @Test
  void refusesACertificateForAnotherName() {
    try (TlsTestServer server = open(false)) {
      assertFails(connect(server, trusting, false, "other.test"));
    }
  }

  @Test
  void refusesACertificateThatTheMachineDoesNotTrust() {
    try (TlsTestServer server = open(false)) {
      assertFails(connect(server, machine, false, "b.test"));
    }
  }

  @Test
  void takesAnyCertificateIfToldSo() {
    try (TlsTestServer server = open(false)) {
      assertTrue(TlsTestServer.await(connect(server, machine, true, "other.test")).isSsl());
    }
  }

  @Test
  void sendsNoNameForAnAddress() {
    try (TlsTestServer server = open(true)) {
      assertFails(connect(server, machine, true, "127.0.0.1"));
    }
    try (TlsTestServer server = open(false)) {
      assertTrue(TlsTestServer.await(connect(server, machine, true, "127.0.0.1")).isSsl());
    }
  }

  @Test
  void speaksNothingOlderThanTls12() {
    assertEquals(
        List.of("TLSv1.2", "TLSv1.3"),
        machine.options(false, List.of()).getEnabledSecureTransportProtocols().stream()
            .sorted()
            .toList());
  }
}
