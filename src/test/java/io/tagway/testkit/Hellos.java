package io.tagway.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** First bytes of TLS clients. */
public final class Hellos {
  private Hellos() {}

  /** What the JDK's client sends; without a server name if that is empty. */
  public static byte[] ofJdk(String serverName) {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      if (!serverName.isEmpty()) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        engine.setSSLParameters(parameters);
      }
      ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), out);
      return Arrays.copyOf(out.array(), out.position());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same message in records of so many bytes each. */
  public static byte[] inRecords(byte[] hello, int recordBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 5; at < hello.length; at += recordBytes) {
      int length = Math.min(recordBytes, hello.length - at);
      out.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
      out.write(hello, at, length);
    }
    return out.toByteArray();
  }

  /** A small one, as RFC 8446 has it, with these extensions. */
  public static byte[] of(byte[] extensions) {
    ByteBuffer out = ByteBuffer.allocate(5 + 4 + 41 + 2 + extensions.length);
    out.put((byte) 22).putShort((short) 0x0301).putShort((short) (out.capacity() - 5));
    out.putInt(1 << 24 | (out.capacity() - 9));
    out.putShort((short) 0x0303).put(new byte[32]).put((byte) 0);
    out.putShort((short) 2).putShort((short) 0x1301).put((byte) 1).put((byte) 0);
    out.putShort((short) extensions.length).put(extensions);
    return out.array();
  }

  /** The server_name extension. */
  public static byte[] serverName(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(9 + bytes.length)
        .putShort((short) 0)
        .putShort((short) (bytes.length + 5))
        .putShort((short) (bytes.length + 3))
        .put((byte) 0)
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }
}
