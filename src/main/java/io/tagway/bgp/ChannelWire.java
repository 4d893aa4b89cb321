package io.tagway.bgp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A TCP connection as a {@link Dialer.Wire}. On the channel's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that fails closes, which is heard
final class ChannelWire extends ChannelInboundHandlerAdapter implements Dialer.Wire {
  /** For the peer to read the last words and close its side. */
  private static final long LINGER_MILLIS = 1_000;

  private final SocketChannel channel;
  private final MessageStream stream = new MessageStream();
  private final Promise<Void> closed = Promise.promise();
  private @Nullable Session session;
  private boolean closing;

  ChannelWire(SocketChannel channel) {
    this.channel = channel;
    channel.closeFuture().addListener(ignored -> closed.tryComplete());
  }

  InetAddress remote() {
    return Addresses.unmapped(channel.remoteAddress().getAddress());
  }

  @Override
  public InetAddress local() {
    return Addresses.unmapped(channel.localAddress().getAddress());
  }

  @Override
  public void attach(Session session) {
    this.session = session;
  }

  @Override
  public void send(BgpMessage message) {
    if (!closing) {
      channel.writeAndFlush(Unpooled.wrappedBuffer(message.encode().getBytes()));
    }
  }

  /**
   * Half-closes first: closing with unread bytes in the socket would reset the connection, and the
   * peer might lose what was said last.
   */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> channel.shutdownOutput());
    var force =
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(ignored -> force.cancel(false));
  }

  /** Closes without a word. */
  void abort() {
    closing = true;
    channel.close();
  }

  /** For connections that came in; those that are made here have their TTL from the start. */
  void limitHops(Peer peer) {
    SocketOptions.limitHops(channel, peer);
  }

  @Override
  public Future<Void> closed() {
    return closed.future();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      Session reader = session;
      if (reader != null && !closing && message instanceof ByteBuf bytes) {
        stream.feed(Buffer.buffer(ByteBufUtil.getBytes(bytes)), reader::received);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lost("the peer closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    lost("the connection broke: " + cause.getMessage());
    context.close();
  }

  private void lost(String cause) {
    Session reader = session;
    if (reader != null) {
      reader.disconnected(cause);
    }
  }
}
