package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.tagway.config.ListenerSettings;
import io.tagway.testkit.Hellos;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsHandlerTest {
  private static final byte[] UNRECOGNIZED_NAME = {21, 3, 3, 0, 2, 2, 112};
  private static final byte[] INTERNAL_ERROR = {21, 3, 3, 0, 2, 2, 80};
  private static final int SERVER_HELLO = 22;

  private final Given source = new Given();
  private EmbeddedChannel channel = new EmbeddedChannel();

  /** A source that has what the test says. */
  private static final class Given implements CertificateSource {
    private Certificates certificates = Certificates.of(List.of(Fixtures.certificate("a")));
    private Future<Void> ready = Future.succeededFuture();

    @Override
    public Future<Void> start() {
      return Future.succeededFuture();
    }

    @Override
    public Certificates current() {
      return certificates;
    }

    @Override
    public Future<Void> prepare(String serverName) {
      return ready;
    }

    @Override
    public List<X509Certificate> clientAuthorities() {
      return List.of();
    }

    @Override
    public void observe(Consumer<Certificates> observer) {}

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private void open(boolean strict, TlsEngine engine, List<String> protocols) {
    Fixtures.Listener listener = Fixtures.listener(Fixtures.file("a"));
    ListenerSettings settings = (strict ? listener.strictMatch() : listener).settings();
    TlsServer server = TlsServer.of(settings, source, engine);
    channel = new EmbeddedChannel();
    channel.pipeline().addLast(server.context(protocols).newHandler(channel.alloc()));
  }

  private void open(boolean strict) {
    open(strict, TlsEngine.best(), List.of("http/1.1"));
  }

  private void send(byte[] bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    channel.runPendingTasks();
  }

  private byte[] received() {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      all.writeBytes(part);
      part.release();
    }
    byte[] bytes = new byte[all.readableBytes()];
    all.readBytes(bytes);
    return bytes;
  }

  @AfterEach
  void nothingEscapes() {
    channel.checkException();
    channel.finishAndReleaseAll();
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void letsIn(TlsEngine engine) throws Exception {
    open(true, engine, List.of());
    send(Hellos.ofJdk("a.test"));
    assertEquals(SERVER_HELLO, received()[0]);
    assertTrue(channel.isOpen());
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void letsInByteByByte(TlsEngine engine) throws Exception {
    open(true, engine, List.of());
    for (byte one : Hellos.ofJdk("a.test")) {
      assertNull(channel.readOutbound());
      send(new byte[] {one});
    }
    assertEquals(SERVER_HELLO, received()[0]);
  }

  @Test
  void refusesANameWithoutCertificate() throws Exception {
    open(true);
    send(Hellos.ofJdk("other.invalid"));
    assertArrayEquals(UNRECOGNIZED_NAME, received());
    assertFalse(channel.isOpen());
  }

  @Test
  void refusesThoseWhoNameNobody() throws Exception {
    open(true);
    send(Hellos.ofJdk(""));
    assertArrayEquals(UNRECOGNIZED_NAME, received());
    assertFalse(channel.isOpen());
  }

  @Test
  void isNotStrictUnlessAsked() throws Exception {
    open(false);
    send(Hellos.ofJdk("other.invalid"));
    assertEquals(SERVER_HELLO, received()[0]);
  }

  @Test
  void saysInternalErrorWhenThereIsNothingAtAll() throws Exception {
    source.certificates = Certificates.NONE;
    open(false);
    send(Hellos.ofJdk("a.test"));
    assertArrayEquals(INTERNAL_ERROR, received());
    assertFalse(channel.isOpen());
  }

  @Test
  void explainsToThoseWhoSpeakPlainHttp() {
    open(false);
    send("GE".getBytes(StandardCharsets.US_ASCII));
    assertTrue(channel.isOpen());
    send("T / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
        new String(received(), StandardCharsets.US_ASCII));
    assertFalse(channel.isOpen());
  }

  @Test
  void waitsForACertificateThatIsBeingIssued() throws Exception {
    Promise<Void> issuing = Promise.promise();
    source.ready = issuing.future();
    source.certificates = Certificates.NONE;
    open(true);
    send(Hellos.ofJdk("a.test"));
    assertEquals(0, received().length);
    assertTrue(channel.isOpen());
    source.certificates = Certificates.of(List.of(Fixtures.certificate("a")));
    issuing.complete();
    channel.runPendingTasks();
    assertEquals(SERVER_HELLO, received()[0]);
  }

  @Test
  void closesOnThoseWhoDoNotWait() throws Exception {
    source.ready = Promise.<Void>promise().future();
    open(true);
    send(Hellos.ofJdk("a.test"));
    send(new byte[70_000]);
    assertFalse(channel.isOpen());
  }

  @Test
  void takesANewCertificateOnConnectionsThatAreOpenAlready() throws Exception {
    open(true);
    source.certificates = Certificates.of(List.of(Fixtures.certificate("b")));
    send(Hellos.ofJdk("b.test"));
    assertEquals(SERVER_HELLO, received()[0]);
  }
}
