package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tagway.testkit.Hellos;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloReaderTest {
  private static final ClientHello NAMED = new ClientHello.Named("db.example.com");

  private static ClientHello read(byte[] bytes) {
    return new ClientHelloReader().read(Unpooled.wrappedBuffer(bytes));
  }

  /** Feeds pieces of so many bytes, as a decoder that gathers them does. */
  private static ClientHello readInPieces(byte[] bytes, int pieceBytes) {
    ClientHelloReader reader = new ClientHelloReader();
    ByteBuf gathered = Unpooled.buffer().writeBytes(new byte[3]).skipBytes(3);
    ClientHello hello = reader.read(gathered);
    for (int at = 0; at < bytes.length && hello instanceof ClientHello.Incomplete; ) {
      int length = Math.min(pieceBytes, bytes.length - at);
      gathered.writeBytes(bytes, at, length);
      at += length;
      hello = reader.read(gathered);
    }
    return hello;
  }

  private static boolean isRefused(ClientHello hello) {
    return hello instanceof ClientHello.Unreadable || hello instanceof ClientHello.NotTls;
  }

  @Test
  void findsTheNameThatTheJdkAsksForInLowerCase() {
    assertEquals(NAMED, read(Hellos.ofJdk("DB.example.COM")));
  }

  @Test
  void tellsAHelloWithoutAName() {
    assertEquals(new ClientHello.Nameless(), read(Hellos.ofJdk("")));
    assertEquals(new ClientHello.Nameless(), read(Hellos.of(new byte[0])));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 50, 100, 16384})
  void recordsMayCutItAnywhere(int recordBytes) {
    byte[] records = Hellos.inRecords(Hellos.ofJdk("db.example.com"), recordBytes);
    assertEquals(NAMED, read(records));
    assertEquals(NAMED, readInPieces(records, 1));
  }

  @Test
  void piecesMayCutItAnywhere() {
    byte[] hello = Hellos.ofJdk("db.example.com");
    for (int pieceBytes = 1; pieceBytes <= hello.length; pieceBytes++) {
      assertEquals(NAMED, readInPieces(hello, pieceBytes), "pieces of " + pieceBytes);
    }
  }

  @Test
  void waitsForEveryByte() {
    byte[] hello = Hellos.ofJdk("db.example.com");
    for (int length = 0; length < hello.length; length++) {
      assertInstanceOf(
          ClientHello.Incomplete.class, read(Arrays.copyOf(hello, length)), "after " + length);
    }
  }

  @Test
  void whatFollowsDoesNotMatter() {
    byte[] hello = Hellos.ofJdk("db.example.com");
    assertEquals(NAMED, read(Arrays.copyOf(hello, hello.length + 1000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET / HTTP/1.1\r\n", "PROXY TCP4 1.2.3.4", "SSH-2.0-x", "\u0016\u0002\u0000"})
  void otherProtocolsAreKnownAtOnce(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(new ClientHello.NotTls(), read(bytes));
    assertEquals(new ClientHello.NotTls(), readInPieces(bytes, 1));
  }

  @Test
  void anotherHandshakeMessageIsUnreadable() {
    byte[] hello = Hellos.ofJdk("db.example.com");
    hello[5] = 2;
    assertEquals(new ClientHello.Unreadable("not a ClientHello"), read(hello));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\u00e4.example", "tab\t.example"})
  void oddNamesAreUnreadable(String name) {
    assertEquals(
        new ClientHello.Unreadable("malformed server name"),
        read(Hellos.of(Hellos.serverName(name))));
  }

  @Test
  void namesHaveALimit() {
    String longest = "a".repeat(255);
    assertEquals(new ClientHello.Named(longest), read(Hellos.of(Hellos.serverName(longest))));
    assertInstanceOf(
        ClientHello.Unreadable.class, read(Hellos.of(Hellos.serverName(longest + "a"))));
  }

  @Test
  void theTrailingDotStays() {
    assertEquals(
        new ClientHello.Named("db.example.com."),
        read(Hellos.of(Hellos.serverName("db.example.com."))));
  }

  @Test
  void recordsOfWrongSizeAreUnreadable() {
    assertInstanceOf(ClientHello.Unreadable.class, read(new byte[] {22, 3, 1, 0, 0}));
    assertInstanceOf(ClientHello.Unreadable.class, read(new byte[] {22, 3, 1, 0x40, 0x01}));
  }

  @Test
  void aMessageThatAnnouncesTooMuchIsUnreadable() {
    assertInstanceOf(
        ClientHello.Unreadable.class, read(new byte[] {22, 3, 1, 0x40, 0, 1, 1, 0, 0}));
  }

  @Test
  void neverHoldsMoreThanItsLimit() {
    byte[] announces = {22, 3, 1, 0, 4, 1, 0, 0x7f, (byte) 0xff};
    byte[] tiny = {22, 3, 1, 0, 1, 0};
    ByteBuf endless = Unpooled.buffer().writeBytes(announces);
    ClientHelloReader reader = new ClientHelloReader();
    while (reader.read(endless) instanceof ClientHello.Incomplete) {
      endless.writeBytes(tiny);
      assertTrue(endless.readableBytes() < ClientHelloReader.MAX_BYTES + 100);
    }
    assertInstanceOf(ClientHello.Unreadable.class, reader.read(endless));
  }

  /** Any bytes give an answer, and the same one in however many pieces. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyBytesGiveAnAnswer(long seed) {
    Random random = new Random(seed);
    byte[] good = Hellos.inRecords(Hellos.ofJdk("db.example.com"), 97);
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = good.clone();
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        bytes[random.nextInt(round % 2 == 0 ? 100 : bytes.length)] = (byte) random.nextInt();
      }
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      ClientHello whole = read(bytes);
      ClientHello pieces = readInPieces(bytes, 1 + random.nextInt(9));
      // Of two faults the first to be met is told.
      assertEquals(isRefused(whole), isRefused(pieces));
      if (!isRefused(whole)) {
        assertEquals(whole, pieces);
      }
    }
  }
}
