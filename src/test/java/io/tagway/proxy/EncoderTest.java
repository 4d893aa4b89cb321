package io.tagway.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.tagway.testkit.BrotliStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compressed comes out again by somebody else's decoder. */
class EncoderTest {
  private final Encoders encoders = new Encoders();

  @BeforeAll
  static void load() {
    assertEquals(List.of(ContentCoding.values()), Encoders.available());
  }

  private static InputStream decoder(ContentCoding coding, InputStream in) throws IOException {
    return switch (coding) {
      case BROTLI -> new BrotliStream(in);
      case ZSTD -> new ZstdInputStream(in).setContinuous(true);
      case GZIP -> new GZIPInputStream(in);
    };
  }

  private static byte[] decode(ContentCoding coding, ByteBuf encoded) throws IOException {
    try (InputStream in =
        decoder(coding, new ByteArrayInputStream(ByteBufUtil.getBytes(encoded)))) {
      return in.readAllBytes();
    }
  }

  /** Half words, half noise. */
  private static byte[] body(int length) {
    Random random = new Random(length);
    byte[] body = new byte[length];
    random.nextBytes(body);
    byte[] words = "the quick brown fox jumps over ".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < length / 2; i++) {
      body[i] = words[i % words.length];
    }
    return body;
  }

  private static void encode(Encoder encoder, byte[] body, ByteBuf out) {
    for (int i = 0; i < body.length; i += Encoders.PIECE_BYTES) {
      byte[] piece = Arrays.copyOfRange(body, i, Math.min(body.length, i + Encoders.PIECE_BYTES));
      encoder.encode(ByteBuffer.allocateDirect(piece.length).put(piece).flip(), out);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatGoesInComesOut(ContentCoding coding) throws IOException {
    for (int length : new int[] {0, 1, 1000, 16 << 10, (16 << 10) + 1, 3_000_000}) {
      byte[] body = body(length);
      ByteBuf out = Unpooled.buffer();
      try (Encoder encoder = encoders.open(coding)) {
        encode(encoder, body, out);
        encoder.end(out);
      }
      assertArrayEquals(body, decode(coding, out), coding + " " + length);
      assertTrue(length < 1000 || out.readableBytes() < 0.6 * length, out.toString());
    }
  }

  /** Two bodies of one event loop at a time, a flush behind each piece. */
  @ParameterizedTest
  @EnumSource
  void whatWasFlushedCanBeReadAtOnce(ContentCoding coding) throws IOException {
    try (Encoder first = encoders.open(coding);
        Encoder second = encoders.open(coding)) {
      List<ByteBuf> outs = List.of(Unpooled.buffer(), Unpooled.buffer());
      List<byte[]> bodies = new ArrayList<>(List.of(new byte[0], new byte[0]));
      for (int i = 1; i < 20; i++) {
        for (int j = 0; j < 2; j++) {
          byte[] piece = body(i * 97 + j);
          Encoder encoder = j == 0 ? first : second;
          encode(encoder, piece, outs.get(j));
          encoder.flush(outs.get(j));
          byte[] whole = Arrays.copyOf(bodies.get(j), bodies.get(j).length + piece.length);
          System.arraycopy(piece, 0, whole, bodies.get(j).length, piece.length);
          bodies.set(j, whole);
          InputStream in =
              decoder(coding, new ByteArrayInputStream(ByteBufUtil.getBytes(outs.get(j))));
          assertArrayEquals(whole, in.readNBytes(whole.length));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingTwiceIsAllowed(ContentCoding coding) {
    Encoder encoder = encoders.open(coding);
    encode(encoder, body(100_000), Unpooled.buffer());
    encoder.close();
    encoder.close();
  }
}
