package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections to a target that has a certificate for b.test, and for nobody else. */
class UpstreamTlsIT {
  private final Vertx vertx = Vertx.vertx();

  /** Held here: Vert.x closes a client, and its connections, when nobody holds it any more. */
  private final NetClient client = vertx.createNetClient();

  private final UpstreamTls trusting =
      new UpstreamTls(Map.of("SSL_CERT_FILE", Fixtures.path("b-cert.pem").toString()));
  private final UpstreamTls machine = new UpstreamTls(Map.of());

  @AfterEach
  void close() {
    TlsTestServer.await(vertx.close());
  }

  private Future<Boolean> connect(
      TlsTestServer server, UpstreamTls tls, boolean skipVerify, String name) {
    Promise<Boolean> secured = Promise.promise();
    client
        .connect(server.port(), "127.0.0.1")
        .onComplete(
            socket -> {
              Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
              SslHandler handler =
                  tls.handler(
                      channel.alloc(), name, server.port(), skipVerify, UpstreamTls.Offer.NOTHING);
              channel.pipeline().addFirst(handler);
              handler
                  .handshakeFuture()
                  .addListener(
                      done -> {
                        if (done.isSuccess()) {
                          secured.complete(true);
                        } else {
                          secured.fail(done.cause());
                        }
                      });
            },
            secured::fail);
    return secured.future();
  }

  private static void assertFails(Future<Boolean> connecting) {
    var result = connecting.toCompletionStage().toCompletableFuture();
    Throwable cause =
        assertThrows(ExecutionException.class, () -> result.get(20, TimeUnit.SECONDS)).getCause();
    // On a busy machine the end of the connection may be seen before the reason for it.
    assertTrue(
        cause instanceof SSLException || cause instanceof ClosedChannelException,
        String.valueOf(cause));
  }

  private static TlsTestServer open(boolean strict) {
    Fixtures.Listener listener = Fixtures.listener(Fixtures.file("b"));
    return TlsTestServer.echo(strict ? listener.strictMatch() : listener);
  }

  @Test
  void verifiesAndSendsTheName() {
    // strictmatch lets in only those who send the name.
    try (TlsTestServer server = open(true)) {
      assertTrue(TlsTestServer.await(connect(server, trusting, false, "b.test")));
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
      assertTrue(TlsTestServer.await(connect(server, machine, true, "other.test")));
    }
  }

  @Test
  void sendsNoNameForAnAddress() {
    try (TlsTestServer server = open(true)) {
      assertFails(connect(server, machine, true, "127.0.0.1"));
    }
    try (TlsTestServer server = open(false)) {
      assertTrue(TlsTestServer.await(connect(server, machine, true, "127.0.0.1")));
    }
  }

  @Test
  void speaksNothingOlderThanTls12() {
    Fixtures.Listener old = Fixtures.listener(Fixtures.file("b")).versions(0x0301, 0x0302);
    try (TlsTestServer server = TlsTestServer.echo(old)) {
      assertFails(connect(server, trusting, true, "b.test"));
    }
  }

  @Test
  void sendsANameWithoutADot() {
    try (TlsTestServer server = open(true)) {
      // The server has no such certificate, and says so because it was asked.
      assertFails(connect(server, machine, true, "cluster"));
    }
  }
}
