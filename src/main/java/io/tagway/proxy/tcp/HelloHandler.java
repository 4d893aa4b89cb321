package io.tagway.proxy.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import io.tagway.tls.ClientHello;
import io.tagway.tls.ClientHelloReader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the first bytes of a connection until they say which server is wanted, and gives them on
 * untouched to whoever was put behind it by then.
 */
final class HelloHandler extends ByteToMessageDecoder {
  private final ClientHelloReader reader = new ClientHelloReader();
  private final long limitNanos;
  private final Consumer<ClientHello> decide;
  private @Nullable Future<?> timer;
  private boolean decided;

  /**
   * @param limitNanos for the whole ClientHello
   * @param decide told once what came; adds handlers behind this one, or closes the channel
   */
  HelloHandler(long limitNanos, Consumer<ClientHello> decide) {
    this.limitNanos = limitNanos;
    this.decide = decide;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    timer =
        context
            .executor()
            .schedule(
                () -> decide(context, new ClientHello.Unreadable("no ClientHello in time")),
                limitNanos,
                TimeUnit.NANOSECONDS);
    if (context.channel().isActive()) {
      context.read();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.fireChannelActive();
    context.read();
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    ClientHello hello = reader.read(in);
    if (!(hello instanceof ClientHello.Incomplete)) {
      decide(context, hello);
    }
  }

  private void decide(ChannelHandlerContext context, ClientHello hello) {
    if (decided) {
      return;
    }
    decided = true;
    cancelTimer();
    decide.accept(hello);
    if (context.channel().isOpen()) {
      context.pipeline().remove(this);
    }
  }

  private void cancelTimer() {
    Future<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      decide(context, new ClientHello.Unreadable("the client closed before its ClientHello"));
    }
    super.userEventTriggered(context, event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    decided = true;
    cancelTimer();
    super.channelInactive(context);
  }
}
