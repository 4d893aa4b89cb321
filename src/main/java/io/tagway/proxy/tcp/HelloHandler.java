package io.tagway.proxy.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.tagway.proxy.OpeningReader;
import io.tagway.tls.ClientHello;
import io.tagway.tls.ClientHelloReader;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds the first bytes of a connection until they say which server is wanted, and gives them on
 * untouched to whoever was put behind it by then.
 */
final class HelloHandler extends OpeningReader {
  private final ClientHelloReader reader = new ClientHelloReader();
  private final Consumer<ClientHello> decide;
  private boolean decided;

  /**
   * @param limitNanos for the whole ClientHello
   * @param decide told once what came; adds handlers behind this one, or closes the channel
   */
  HelloHandler(long limitNanos, Consumer<ClientHello> decide) {
    super(limitNanos);
    this.decide = decide;
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

  @Override
  protected void late(ChannelHandlerContext context) {
    decide(context, new ClientHello.Unreadable("no ClientHello in time"));
  }

  @Override
  protected void ended(ChannelHandlerContext context) {
    decide(context, new ClientHello.Unreadable("the client closed before its ClientHello"));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    decided = true;
    super.channelInactive(context);
  }
}
