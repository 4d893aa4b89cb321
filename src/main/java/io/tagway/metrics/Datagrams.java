package io.tagway.metrics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines in UDP packets of a size that crosses an Ethernet in one piece. Used by one thread. */
final class Datagrams {
  private static final int BYTES = 1432;

  private final HostPort to;
  private final ByteBuffer packet = ByteBuffer.allocate(64 << 10);
  private @Nullable DatagramChannel channel;
  private @Nullable InetSocketAddress address;
  private @Nullable IOException failure;

  Datagrams(HostPort to) {
    this.to = to;
  }

  /** Looks the receiver up anew: it may have moved. */
  void open() throws IOException {
    address = to.resolve();
    if (channel == null) {
      channel = DatagramChannel.open();
    }
  }

  /** Adds a line; one that is longer than a packet may be is left out. */
  void line(CharSequence text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (packet.position() > 0 && packet.position() + bytes.length >= BYTES) {
      sendPacket();
    }
    if (bytes.length < packet.remaining()) {
      packet.put(bytes).put((byte) '\n');
    }
  }

  /** Sends what is left, and says whether anything could not be sent. */
  void flush() throws IOException {
    if (packet.position() > 0) {
      sendPacket();
    }
    IOException found = failure;
    failure = null;
    if (found != null) {
      throw found;
    }
  }

  private void sendPacket() {
    packet.flip();
    DatagramChannel open = channel;
    InetSocketAddress receiver = address;
    try {
      if (open != null && receiver != null) {
        open.send(packet, receiver);
      }
    } catch (IOException e) {
      failure = e;
    }
    packet.clear();
  }
}
