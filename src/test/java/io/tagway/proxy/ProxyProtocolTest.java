package io.tagway.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.AttributeKey;
import io.tagway.metrics.Meters;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyProtocolTest {
  private static final Duration WAIT = Duration.ofMillis(250);
  private static final InetSocketAddress SOCKET = new InetSocketAddress("10.0.0.9", 7);
  private static final AttributeKey<Ends> ANNOUNCED = AttributeKey.valueOf(Ends.class, "announced");

  private int refused;
  private int began;
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

  /** The protocol behind the front: gathers what reaches it. */
  private final class Protocol extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      seen.writeBytes(ByteBufUtil.getBytes(bytes));
      bytes.release();
    }
  }

  private EmbeddedChannel meet(boolean trusted) {
    Front front =
        new ProxyProtocol(
            WAIT, peer -> trusted, new ProxyHeaderMeters(Meters.silent(), "test"), () -> refused++);
    Consumer<EmbeddedChannel> start =
        channel ->
            front.meet(
                channel,
                () -> {
                  began++;
                  channel.pipeline().addLast(new Protocol());
                });
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected java.net.SocketAddress remoteAddress0() {
            return SOCKET;
          }
        };
    channel.freezeTime();
    start.accept(channel);
    return channel;
  }

  private static ByteBuf bytes(String latin1) {
    return Unpooled.copiedBuffer(latin1, StandardCharsets.ISO_8859_1);
  }

  private static void later(EmbeddedChannel channel) {
    channel.advanceTimeBy(WAIT.toMillis() + 1, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
  }

  private String seen() {
    return seen.toString(StandardCharsets.ISO_8859_1);
  }

  private static final String ADDRESSES = "01020304" + "05060708" + "0457" + "0050";
  private static final String V2 = v2("21" + "11" + "000c" + ADDRESSES);

  /** A binary header: what is given in hexadecimal comes after the signature. */
  private static String v2(String hex) {
    return "\r\n\r\n\0\r\nQUIT\n"
        + new String(ByteBufUtil.decodeHexDump(hex), StandardCharsets.ISO_8859_1);
  }

  static List<String> headersWithoutAddress() {
    return List.of(
        "PROXY UNKNOWN\r\n",
        "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n",
        v2("20" + "00" + "0000"),
        v2("20" + "11" + "000c" + ADDRESSES));
  }

  static List<String> brokenHeaders() {
    return List.of(
        "PROXY TCP4 1.2.3.4 5.6.7.8 1111\r\n",
        "PROXY TCP4 1.2.3.4.5 5.6.7.8 1111 2222\r\n",
        "PROXY TCP6 1.2.3.4 5.6.7.8 1111 2222\r\n",
        "PROXY TCP4 1.2.3.4 5.6.7.8 70000 2222\r\n",
        "PROXY HELLO\r\n",
        v2("31" + "11" + "000c" + ADDRESSES),
        v2("21" + "11" + "0001" + "01"));
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222, 1.2.3.4, 1111",
    "PROXY TCP6 2001:db8::1 2001:db8::2 1111 2222, 2001:db8:0:0:0:0:0:1, 1111"
  })
  void theTextHeaderTellsTheClient(String line, String address, int port) {
    for (int piece = 1; piece <= line.length() + 6; piece++) {
      EmbeddedChannel channel = meet(true);
      String all = line + "\r\nrest";
      for (int at = 0; at < all.length(); at += piece) {
        channel.writeInbound(bytes(all.substring(at, Math.min(at + piece, all.length()))));
      }
      assertEquals("rest", seen(), "pieces of " + piece);
      assertEquals(piece, began);
      assertEquals(address, Ends.of(channel).source().getAddress().getHostAddress());
      assertEquals(port, Ends.of(channel).source().getPort());
      assertEquals(2222, Ends.of(channel).destination().getPort());
      assertEquals(port, channel.attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE).get().port());
      later(channel);
      assertTrue(channel.isOpen());
      seen.reset();
      channel.finishAndReleaseAll();
    }
    assertEquals(0, refused);
  }

  @Test
  void theBinaryHeaderTellsTheClient() {
    for (int piece = 1; piece <= V2.length(); piece++) {
      EmbeddedChannel channel = meet(true);
      String all = V2 + "rest";
      for (int at = 0; at < all.length(); at += piece) {
        channel.writeInbound(bytes(all.substring(at, Math.min(at + piece, all.length()))));
      }
      assertEquals("rest", seen(), "pieces of " + piece);
      assertEquals(
          new Ends(new InetSocketAddress("1.2.3.4", 1111), new InetSocketAddress("5.6.7.8", 80)),
          Ends.of(channel));
      seen.reset();
      channel.finishAndReleaseAll();
    }
  }

  @ParameterizedTest
  @MethodSource("headersWithoutAddress")
  void whoAnnouncesNoAddressKeepsHisOwn(String header) {
    EmbeddedChannel channel = meet(true);
    channel.writeInbound(bytes(header + "rest"));
    assertEquals("rest", seen());
    assertNull(channel.attr(ANNOUNCED).get());
    assertEquals(SOCKET, Ends.of(channel).source());
    channel.finishAndReleaseAll();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "PUT /",
        "PROPFIND",
        "\r\n\r\nGET /",
        "\u0016\u0003\u0001",
        "PROXYX"
      })
  void theHeaderIsOptional(String first) {
    EmbeddedChannel channel = meet(true);
    for (int i = 0; i < first.length(); i++) {
      channel.writeInbound(bytes(first.substring(i, i + 1)));
    }
    assertEquals(first, seen());
    assertEquals(1, began);
    channel.finishAndReleaseAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "PROXY", "\r\n\r\n"})
  void whoWaitsTooLongGoesOnWithout(String first) {
    EmbeddedChannel channel = meet(true);
    if (!first.isEmpty()) {
      channel.writeInbound(bytes(first));
    }
    assertEquals(0, began);
    later(channel);
    assertEquals(1, began);
    channel.writeInbound(bytes(" more"));
    assertEquals(first + " more", seen());
    assertEquals(0, refused);
    channel.finishAndReleaseAll();
  }

  @ParameterizedTest
  @MethodSource("brokenHeaders")
  void aBrokenHeaderEndsTheConnection(String header) {
    EmbeddedChannel channel = meet(true);
    channel.writeInbound(bytes(header + "rest"));
    assertFalse(channel.isOpen());
    assertEquals(1, refused);
    assertEquals(0, began);
    assertEquals("", seen());
    channel.finishAndReleaseAll();
  }

  @Test
  void aHeaderThatIsTooLongEndsTheConnection() {
    EmbeddedChannel channel = meet(true);
    channel.writeInbound(bytes("PROXY TCP4 " + "1".repeat(200)));
    assertFalse(channel.isOpen());
    assertEquals(1, refused);
    channel.finishAndReleaseAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY ", "PROXY TCP4 1.2.3.4", "\r\n\r\n\0\r\nQUIT\n"})
  void aHeaderThatDoesNotEndInTimeEndsTheConnection(String start) {
    EmbeddedChannel channel = meet(true);
    channel.writeInbound(bytes(start));
    assertTrue(channel.isOpen());
    later(channel);
    assertFalse(channel.isOpen());
    assertEquals(1, refused);
    channel.finishAndReleaseAll();
  }

  @Test
  void theHeaderOfSomebodyElseEndsTheConnection() {
    for (String header : List.of("PROXY TCP4 1.2.3.4 5.6.7.8 1111 2222\r\n", V2)) {
      for (int piece : List.of(1, 5, header.length())) {
        refused = 0;
        EmbeddedChannel channel = meet(false);
        for (int at = 0; at < header.length() && channel.isOpen(); at += piece) {
          channel.writeInbound(bytes(header.substring(at, Math.min(at + piece, header.length()))));
        }
        assertFalse(channel.isOpen());
        assertEquals(1, refused);
        assertEquals(0, began);
        assertEquals("", seen());
        assertEquals(SOCKET, Ends.of(channel).source());
        channel.finishAndReleaseAll();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PROXY", "GET / HTTP/1.1\r\n"})
  void somebodyElseMayComeWithoutOne(String first) {
    EmbeddedChannel channel = meet(false);
    channel.writeInbound(bytes(first));
    later(channel);
    assertEquals(first, seen());
    assertEquals(1, began);
    assertTrue(channel.isOpen());
    channel.finishAndReleaseAll();
  }
}
