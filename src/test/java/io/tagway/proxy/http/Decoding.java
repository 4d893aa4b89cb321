package io.tagway.proxy.http;

import com.github.luben.zstd.ZstdInputStream;
import io.tagway.testkit.BrotliStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Reads what was compressed. */
final class Decoding {
  private Decoding() {}

  private static InputStream stream(String coding, byte[] bytes) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    return switch (coding) {
      case "gzip" -> new GZIPInputStream(in);
      case "zstd" -> new ZstdInputStream(in).setContinuous(true);
      case "br" -> new BrotliStream(in);
      default -> in;
    };
  }

  /** A whole body. */
  static String whole(String coding, byte[] bytes) throws IOException {
    try (InputStream in = stream(coding, bytes)) {
      return RawConnection.latin1(in.readAllBytes());
    }
  }

  /** As much as can be read of the beginning of a body. */
  static String start(String coding, byte[] bytes) {
    StringBuilder out = new StringBuilder();
    try (InputStream in = stream(coding, bytes)) {
      int c;
      while ((c = in.read()) >= 0) {
        out.append((char) c);
      }
    } catch (IOException incomplete) {
      // It goes on when more has come.
    }
    return out.toString();
  }
}
