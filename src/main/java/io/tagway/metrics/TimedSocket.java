package io.tagway.metrics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A TCP connection on which connecting and writing together may take so long and no longer. */
final class TimedSocket implements AutoCloseable {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final long deadline;

  private TimedSocket(SocketChannel channel, Selector selector, Duration limit) throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.key = channel.configureBlocking(false).register(selector, 0);
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  static TimedSocket connect(InetSocketAddress to, Duration limit) throws IOException {
    TimedSocket socket = new TimedSocket(SocketChannel.open(), Selector.open(), limit);
    try {
      if (!socket.channel.connect(to)) {
        do {
          socket.await(SelectionKey.OP_CONNECT);
        } while (!socket.channel.finishConnect());
      }
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  void write(byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      if (channel.write(left) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  private void await(int operation) throws IOException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("not sent in time");
    }
    key.interestOps(operation);
    selector.select(millis);
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      channel.close();
    }
  }
}
