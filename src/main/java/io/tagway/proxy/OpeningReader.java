package io.tagway.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the first bytes of a connection what becomes of it, within a time. It asks for them, as
 * its channel does not read by itself yet; while they tell nothing Netty's decoder asks for more.
 * Used by one event loop.
 */
public abstract class OpeningReader extends ByteToMessageDecoder {
  private final long limitNanos;
  private @Nullable Future<?> timer;

  /**
   * @param limitNanos from when it is put into its pipeline
   */
  protected OpeningReader(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /** Time is up. This may have left its pipeline by then: only {@link #cancelTimer} stops it. */
  protected abstract void late(ChannelHandlerContext context);

  /** The peer sends nothing more; this may have left its pipeline as well. */
  protected abstract void ended(ChannelHandlerContext context);

  protected final void cancelTimer() {
    Future<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }

  @Override
  public final void handlerAdded(ChannelHandlerContext context) {
    timer = context.executor().schedule(() -> expired(context), limitNanos, TimeUnit.NANOSECONDS);
    if (context.channel().isActive()) {
      context.read();
    }
  }

  private void expired(ChannelHandlerContext context) {
    timer = null;
    late(context);
  }

  @Override
  public final void channelActive(ChannelHandlerContext context) {
    context.fireChannelActive();
    context.read();
  }

  @Override
  public final void userEventTriggered(ChannelHandlerContext context, Object event)
      throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      ended(context);
    }
    super.userEventTriggered(context, event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    cancelTimer();
    super.channelInactive(context);
  }
}
