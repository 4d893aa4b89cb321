package io.tagway.proxy.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One end of a {@link Tunnel}: the last handler of its channel. It asks for bytes only when the
 * other end can take them, writes the same buffers there, and passes on the end of its input while
 * its output goes on. Used by one event loop.
 */
final class End extends ChannelInboundHandlerAdapter {
  /**
   * Grows with what comes. Twice the usual 64 KiB at most: a stream costs a third less CPU then,
   * and a stalled connection holds one such piece.
   */
  static final RecvByteBufAllocator PIECES = new AdaptiveRecvByteBufAllocator(512, 2048, 128 << 10);

  private final Tunnel tunnel;
  private final ArrayDeque<ByteBuf> early = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable End other;
  private boolean inputEnded;
  private boolean outputEnding;
  private boolean outputEnded;

  End(Tunnel tunnel) {
    this.tunnel = tunnel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    Channel channel = added.channel();
    channel.config().setRecvByteBufAllocator(PIECES); // without effect once it was read from
    inputEnded = channel.isActive() && channel instanceof DuplexChannel d && d.isInputShutdown();
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext known = context;
    if (known == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return known;
  }

  Channel channel() {
    return context().channel();
  }

  /** Connects this end with the other, to which goes at once what has come in so far. */
  void join(End with) {
    other = with;
    ByteBuf piece;
    while ((piece = early.poll()) != null) {
      with.write(piece);
    }
    with.context().flush();
    if (inputEnded) {
      with.endOutput();
    } else {
      readOn();
    }
  }

  /** Sends something; to be flushed. */
  void write(Object message) {
    ChannelHandlerContext to = context();
    var unused = to.write(message, to.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    ByteBuf piece = (ByteBuf) message;
    tunnel.moved(this, piece.readableBytes());
    End to = other;
    if (to == null) {
      early.add(piece);
    } else {
      to.write(piece);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    End to = other;
    if (to != null) {
      to.context().flush();
      readOn();
    }
  }

  /** Asks for the next bytes; if the other end is full, it will when that has room. */
  private void readOn() {
    End to = other;
    if (to != null && !inputEnded && to.channel().isWritable()) {
      context().read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    tunnel.writability(this, changed.channel().isWritable());
    End from = other;
    if (from != null) {
      from.readOn();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext from, Object event) {
    if (event instanceof ChannelInputShutdownEvent
        || (event instanceof SslCloseCompletionEvent close && close.isSuccess())) {
      endInput();
    }
  }

  private void endInput() {
    if (inputEnded) {
      return;
    }
    inputEnded = true;
    End to = other;
    if (to != null) {
      to.endOutput();
    }
    closeIfDone();
  }

  /** Sends what was written and then the end; this channel can still be read. */
  private void endOutput() {
    if (outputEnding) {
      return;
    }
    outputEnding = true;
    context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(this::written);
  }

  private void written(Future<?> written) {
    if (!written.isSuccess()) {
      return; // the channel is being closed
    }
    SslHandler tls = channel().pipeline().get(SslHandler.class);
    if (tls == null) {
      shutDownOutput();
    } else {
      tls.closeOutbound().addListener(said -> shutDownOutput());
    }
  }

  private void shutDownOutput() {
    ((DuplexChannel) channel())
        .shutdownOutput()
        .addListener(
            done -> {
              outputEnded = true;
              closeIfDone();
            });
  }

  private void closeIfDone() {
    if (inputEnded && outputEnded) {
      Connections.close(channel());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext gone) {
    release();
    if (!inputEnded || !outputEnded) {
      tunnel.broken(this);
    } else {
      tunnel.ended(this);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
    // After a failed read Netty reports the end of the input, which this is not.
    inputEnded = true;
    outputEnding = true;
    tunnel.broken(this);
    abort();
  }

  /** Closes so that the peer does not take it for the regular end. */
  void abort() {
    Channel channel = channel();
    if (channel.isOpen()) {
      try {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
      } catch (ChannelException alreadyGone) {
        // then there is nobody left to tell
      }
      if (channel.pipeline().get(SslHandler.class) != null) {
        channel.pipeline().remove(SslHandler.class); // it would say that all is well
      }
      Connections.close(channel);
    }
  }

  private void release() {
    ByteBuf piece;
    while ((piece = early.poll()) != null) {
      piece.release();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    release();
  }
}
