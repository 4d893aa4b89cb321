package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tagway.tls.ClientHello.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class ClientHelloTest {
  /** What a client of the JDK sends first. */
  static byte[] hello(String serverName) throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(true);
    if (!serverName.isEmpty()) {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
      engine.setSSLParameters(parameters);
    }
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), out);
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  private static ClientHello peek(byte[] bytes) {
    return ClientHello.peek(Unpooled.wrappedBuffer(bytes));
  }

  /** The same message in records of so many bytes. */
  private static byte[] split(byte[] record, int size) {
    ByteBuf out = Unpooled.buffer();
    for (int at = 5; at < record.length; at += size) {
      int length = Math.min(size, record.length - at);
      out.writeByte(22).writeByte(3).writeByte(1).writeShort(length);
      out.writeBytes(record, at, length);
    }
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  @Test
  void findsTheServerName() throws Exception {
    assertEquals(new ClientHello(State.COMPLETE, "a.test"), peek(hello("a.test")));
    assertEquals(new ClientHello(State.COMPLETE, ""), peek(hello("")));
  }

  @Test
  void leavesTheBytesWhereTheyAre() throws Exception {
    byte[] hello = hello("a.test");
    ByteBuf in = Unpooled.buffer().writeByte(0).writeBytes(hello).readerIndex(1);
    ClientHello.peek(in);
    assertEquals(hello.length, in.readableBytes());
  }

  @Test
  void waitsForTheLastByte() throws Exception {
    byte[] hello = hello("a.test");
    for (int length = 0; length < hello.length; length++) {
      ByteBuf part = Unpooled.wrappedBuffer(hello, 0, length);
      assertEquals(State.INCOMPLETE, ClientHello.peek(part).state(), "after " + length);
    }
  }

  @Test
  void readsAcrossRecords() throws Exception {
    byte[] hello = hello("a.test");
    for (int size : new int[] {1, 2, 3, 5, 100}) {
      byte[] pieces = split(hello, size);
      assertEquals("a.test", peek(pieces).serverName(), "records of " + size);
      ByteBuf most = Unpooled.wrappedBuffer(pieces, 0, pieces.length - 1);
      assertEquals(State.INCOMPLETE, ClientHello.peek(most).state());
    }
  }

  @Test
  void knowsWhatIsNoTls() {
    assertEquals(
        State.NOT_TLS, peek("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)).state());
    assertEquals(State.NOT_TLS, peek(new byte[] {(byte) 0x80, 0x2e, 1}).state());
  }

  @Test
  void knowsWhatIsBroken() {
    // An empty record, one that is too long, another version, another message, a message of 16 MiB.
    assertEquals(State.BROKEN, peek(new byte[] {22, 3, 1, 0, 0}).state());
    assertEquals(State.BROKEN, peek(new byte[] {22, 3, 1, 0x7f, 0}).state());
    assertEquals(State.BROKEN, peek(new byte[] {22, 9, 1, 0, 9}).state());
    assertEquals(State.BROKEN, peek(new byte[] {22, 3, 1, 0, 9, 2, 0, 0, 5}).state());
    assertEquals(State.BROKEN, peek(new byte[] {22, 3, 1, 0x40, 0, 1, (byte) 0xff, 0, 0}).state());
  }

  @Test
  void anyBytesGiveAnAnswer() throws Exception {
    Random random = new Random(4);
    byte[] hello = hello("a.test");
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = hello.clone();
      for (int hits = random.nextInt(6); hits >= 0; hits--) {
        damaged[random.nextInt(i % 2 == 0 ? damaged.length : 60)] = (byte) random.nextInt();
      }
      assertNotNull(
          ClientHello.peek(Unpooled.wrappedBuffer(damaged, 0, random.nextInt(damaged.length + 1))));
    }
  }
}
