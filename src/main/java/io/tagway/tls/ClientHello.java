package io.tagway.tls;

import io.netty.buffer.ByteBuf;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first message of a TLS client (RFC 8446, 4.1.2), as far as it tells who is asked for.
 *
 * @param state how much is known
 * @param serverName from the server_name extension (RFC 6066, 3), as sent; empty if there is none
 */
public record ClientHello(State state, String serverName) {
  /** What the bytes so far are. */
  public enum State {
    /** More bytes are needed. */
    INCOMPLETE,
    /** A whole ClientHello. */
    COMPLETE,
    /** Begins as no TLS handshake does. */
    NOT_TLS,
    /** Begins as a handshake does and goes wrong, or is longer than any real one. */
    BROKEN
  }

  private static final int HANDSHAKE_RECORD = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_NAME = 0;
  private static final int RECORD_HEADER_BYTES = 5;
  private static final int MESSAGE_HEADER_BYTES = 4;

  /** Of one record; what RFC 8446, 5.2 allows once encrypted. */
  private static final int MAX_RECORD_BYTES = (1 << 14) + 256;

  /** Of one message, as the JDK; with post-quantum keys a real one has 2 KiB. */
  private static final int MAX_MESSAGE_BYTES = 1 << 15;

  private static final ClientHello INCOMPLETE = new ClientHello(State.INCOMPLETE, "");
  private static final ClientHello NOT_TLS = new ClientHello(State.NOT_TLS, "");
  private static final ClientHello BROKEN = new ClientHello(State.BROKEN, "");

  /** Looks at the readable bytes and leaves them there. Any bytes give an answer. */
  public static ClientHello peek(ByteBuf in) {
    int at = in.readerIndex();
    int end = in.writerIndex();
    if (at == end) {
      return INCOMPLETE;
    }
    if (in.getUnsignedByte(at) != HANDSHAKE_RECORD) {
      return NOT_TLS;
    }
    byte[] message = new byte[Math.min(end - at, MAX_MESSAGE_BYTES)];
    int have = 0;
    int want = MESSAGE_HEADER_BYTES;
    while (end - at >= RECORD_HEADER_BYTES) {
      int length = in.getUnsignedShort(at + 3);
      if (in.getUnsignedByte(at) != HANDSHAKE_RECORD
          || in.getUnsignedByte(at + 1) != 3
          || length == 0
          || length > MAX_RECORD_BYTES) {
        return BROKEN;
      }
      at += RECORD_HEADER_BYTES;
      int part = Math.min(Math.min(length, end - at), message.length - have);
      in.getBytes(at, message, have, part);
      have += part;
      if (have >= MESSAGE_HEADER_BYTES) {
        want =
            MESSAGE_HEADER_BYTES
                + (((message[1] & 0xff) << 16) | ((message[2] & 0xff) << 8) | (message[3] & 0xff));
        if (message[0] != CLIENT_HELLO || want > MAX_MESSAGE_BYTES) {
          return BROKEN;
        }
        if (have >= want) {
          return parse(ByteBuffer.wrap(message, MESSAGE_HEADER_BYTES, want - MESSAGE_HEADER_BYTES));
        }
      }
      if (end - at < length) {
        return INCOMPLETE;
      }
      at += length;
    }
    return INCOMPLETE;
  }

  private static ClientHello parse(ByteBuffer hello) {
    try {
      skip(hello, 2 + 32);
      skip(hello, hello.get() & 0xff);
      skip(hello, unsignedShort(hello));
      skip(hello, hello.get() & 0xff);
      if (!hello.hasRemaining()) {
        return new ClientHello(State.COMPLETE, "");
      }
      ByteBuffer extensions = part(hello, unsignedShort(hello));
      while (extensions.hasRemaining()) {
        int type = unsignedShort(extensions);
        ByteBuffer extension = part(extensions, unsignedShort(extensions));
        if (type == SERVER_NAME) {
          return new ClientHello(State.COMPLETE, hostName(extension));
        }
      }
      return new ClientHello(State.COMPLETE, "");
    } catch (BufferUnderflowException e) {
      return BROKEN;
    }
  }

  private static String hostName(ByteBuffer extension) {
    ByteBuffer names = part(extension, unsignedShort(extension));
    while (names.hasRemaining()) {
      int type = names.get();
      ByteBuffer name = part(names, unsignedShort(names));
      if (type == 0) {
        return StandardCharsets.ISO_8859_1.decode(name).toString();
      }
    }
    return "";
  }

  private static int unsignedShort(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }

  private static void skip(ByteBuffer in, int bytes) {
    part(in, bytes);
  }

  private static ByteBuffer part(ByteBuffer in, int bytes) {
    if (bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer part = in.slice(in.position(), bytes);
    in.position(in.position() + bytes);
    return part;
  }
}
