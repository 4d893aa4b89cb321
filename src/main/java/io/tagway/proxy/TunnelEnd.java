package io.tagway.proxy;

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
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One end of a tunnel between two channels: the last handler of its channel, which does not read by
 * itself. It asks for bytes only when the other end can take them, writes the same buffers there,
 * and passes on the end of its input while its output goes on. What is not bytes is dropped. Both
 * channels belong to one event loop, on which everything happens.
 */
public final class TunnelEnd extends ChannelInboundHandlerAdapter {
  /**
   * Grows with what comes. Twice the usual 64 KiB at most: a stream costs a third less CPU then,
   * and a stalled connection holds one such piece.
   */
  public static final RecvByteBufAllocator PIECES =
      new AdaptiveRecvByteBufAllocator(512, 2048, 128 << 10);

  /** Hears what becomes of the two ends. */
  public interface Owner {
    /** Bytes have come in at an end. */
    void moved(TunnelEnd at, int bytes);

    /** An end has filled up, or has room again. */
    void writability(TunnelEnd at, boolean writable);

    /** An end is gone, with bytes on their way that nobody will get. */
    void broken(TunnelEnd at);

    /** An end has had all and given all, and is closed. */
    void ended(TunnelEnd at);
  }

  private final Owner owner;
  private final ArrayDeque<ByteBuf> early = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable TunnelEnd other;
  private boolean inputEnded;
  private boolean outputEnding;
  private boolean outputEnded;

  public TunnelEnd(Owner owner) {
    this.owner = owner;
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

  public Channel channel() {
    return context().channel();
  }

  /** Connects this end with the other, to which goes at once what has come in so far. */
  public void join(TunnelEnd with) {
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
  public void write(Object message) {
    ChannelHandlerContext to = context();
    var unused = to.write(message, to.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (!(message instanceof ByteBuf piece)) {
      ReferenceCountUtil.release(message);
      return;
    }
    owner.moved(this, piece.readableBytes());
    TunnelEnd to = other;
    if (to == null) {
      early.add(piece);
    } else {
      to.write(piece);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    TunnelEnd to = other;
    if (to != null) {
      to.context().flush();
      readOn();
    }
  }

  /** Asks for the next bytes; if the other end is full, it will when that has room. */
  private void readOn() {
    TunnelEnd to = other;
    if (to != null && !inputEnded && to.channel().isWritable()) {
      context().read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    owner.writability(this, changed.channel().isWritable());
    TunnelEnd from = other;
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
    TunnelEnd to = other;
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
      close(channel());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext gone) {
    release();
    if (!inputEnded || !outputEnded) {
      owner.broken(this);
    } else {
      owner.ended(this);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
    // After a failed read Netty reports the end of the input, which this is not.
    inputEnded = true;
    outputEnding = true;
    owner.broken(this);
    abort();
  }

  /** Closes so that the peer does not take it for the regular end. */
  public void abort() {
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
      close(channel);
    }
  }

  private static void close(Channel channel) {
    var unused = channel.close();
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
