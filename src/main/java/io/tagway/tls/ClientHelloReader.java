package io.tagway.tls;

import io.netty.buffer.ByteBuf;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ClientHello at the start of a connection (RFC 8446, 4.1.2 and 5.1; RFC 6066, 3), in
 * however many pieces and records it comes; each byte is looked at once. Takes any bytes. One for
 * each connection.
 */
public final class ClientHelloReader {
  /** Most bytes of the message; a real one has a few hundred, with post-quantum keys 2 KiB. */
  static final int MAX_MESSAGE_BYTES = 1 << 15;

  /** Most bytes of the connection: those of the message and of the records it is cut into. */
  static final int MAX_BYTES = 1 << 16;

  private static final int HANDSHAKE_RECORD = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int RECORD_HEADER_BYTES = 5;
  private static final int MAX_RECORD_BYTES = 1 << 14;
  private static final int MESSAGE_HEADER_BYTES = 4;
  private static final int VERSION_AND_RANDOM_BYTES = 2 + 32;
  private static final int SERVER_NAME_EXTENSION = 0;
  private static final int HOST_NAME = 0;
  private static final int MAX_NAME_BYTES = 255;

  private static final ClientHello NAMELESS = new ClientHello.Nameless();
  private static final ClientHello INCOMPLETE = new ClientHello.Incomplete();
  private static final ClientHello NOT_TLS = new ClientHello.NotTls();

  private byte[] message = new byte[512];
  private int messageBytes;
  private int position;
  private int leftInRecord;

  /**
   * Looks on, and leaves the bytes where they are.
   *
   * @param in all bytes since the start of the connection, as many as before or more
   */
  public ClientHello read(ByteBuf in) {
    int start = in.readerIndex();
    while (true) {
      int available = in.readableBytes() - position;
      if (leftInRecord == 0) {
        ClientHello wrong = checkHeader(in, start + position, available);
        if (wrong != null) {
          return wrong;
        }
        leftInRecord = in.getUnsignedShort(start + position + 3);
        position += RECORD_HEADER_BYTES;
      } else if (available == 0) {
        return position > MAX_BYTES ? tooLong(position) : INCOMPLETE;
      } else {
        int part = Math.min(available, leftInRecord);
        append(in, start + position, part);
        position += part;
        leftInRecord -= part;
        ClientHello hello = whole();
        if (hello != INCOMPLETE) {
          return hello;
        }
      }
    }
  }

  /** Null if a record begins here whose header is complete. */
  private @Nullable ClientHello checkHeader(ByteBuf in, int at, int available) {
    if (available > 0 && in.getUnsignedByte(at) != HANDSHAKE_RECORD) {
      return NOT_TLS;
    }
    if (available > 1 && in.getUnsignedByte(at + 1) != 3) {
      return NOT_TLS;
    }
    if (available < RECORD_HEADER_BYTES) {
      return position > MAX_BYTES ? tooLong(position) : INCOMPLETE;
    }
    int length = in.getUnsignedShort(at + 3);
    if (length == 0 || length > MAX_RECORD_BYTES) {
      return new ClientHello.Unreadable("TLS record of " + length + " bytes");
    }
    return null;
  }

  private static ClientHello tooLong(int bytes) {
    return new ClientHello.Unreadable("no whole ClientHello in " + bytes + " bytes");
  }

  private void append(ByteBuf in, int at, int bytes) {
    if (messageBytes + bytes > message.length) {
      message = Arrays.copyOf(message, Math.max(messageBytes + bytes, 2 * message.length));
    }
    in.getBytes(at, message, messageBytes, bytes);
    messageBytes += bytes;
  }

  private ClientHello whole() {
    if (message[0] != CLIENT_HELLO) {
      return new ClientHello.Unreadable("not a ClientHello");
    }
    if (messageBytes < MESSAGE_HEADER_BYTES) {
      return INCOMPLETE;
    }
    int length = (message[1] & 0xff) << 16 | (message[2] & 0xff) << 8 | (message[3] & 0xff);
    if (length > MAX_MESSAGE_BYTES) {
      return new ClientHello.Unreadable("ClientHello of " + length + " bytes");
    }
    if (messageBytes < MESSAGE_HEADER_BYTES + length) {
      return INCOMPLETE;
    }
    try {
      return hello(ByteBuffer.wrap(message, MESSAGE_HEADER_BYTES, length));
    } catch (BufferUnderflowException e) {
      return new ClientHello.Unreadable("lengths in the ClientHello do not fit");
    }
  }

  private static ClientHello hello(ByteBuffer hello) {
    take(hello, VERSION_AND_RANDOM_BYTES);
    take(hello, hello.get() & 0xff); // session id
    take(hello, unsignedShort(hello)); // cipher suites
    take(hello, hello.get() & 0xff); // compression methods
    if (!hello.hasRemaining()) {
      return NAMELESS;
    }
    ByteBuffer extensions = take(hello, unsignedShort(hello));
    while (extensions.hasRemaining()) {
      int type = unsignedShort(extensions);
      ByteBuffer body = take(extensions, unsignedShort(extensions));
      if (type == SERVER_NAME_EXTENSION) {
        return serverName(body);
      }
    }
    return NAMELESS;
  }

  private static ClientHello serverName(ByteBuffer extension) {
    ByteBuffer names = take(extension, unsignedShort(extension));
    while (names.hasRemaining()) {
      int type = names.get() & 0xff;
      ByteBuffer name = take(names, unsignedShort(names));
      if (type == HOST_NAME) {
        return name(StandardCharsets.ISO_8859_1.decode(name).toString());
      }
    }
    return NAMELESS;
  }

  private static ClientHello name(String name) {
    boolean printable = name.chars().allMatch(c -> c > ' ' && c < 0x7f);
    return name.isEmpty() || name.length() > MAX_NAME_BYTES || !printable
        ? new ClientHello.Unreadable("malformed server name")
        : new ClientHello.Named(name.toLowerCase(Locale.ROOT));
  }

  private static int unsignedShort(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }

  private static ByteBuffer take(ByteBuffer in, int bytes) {
    if (bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer part = in.slice(in.position(), bytes);
    in.position(in.position() + bytes);
    return part;
  }
}
