package io.tagway.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.tagway.proxy.ProxyHeaderMeters.Cause;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Tells by the first bytes whether a PROXY header comes, in however many pieces, and lets Netty's
 * decoder read it. Vert.x's own support demands a header and closes who is late with it.
 */
final class ProxyHeaderReader extends OpeningReader {
  private static final byte[] TEXT = "PROXY ".getBytes(US_ASCII);
  private static final byte[] BINARY = "\r\n\r\n\0\r\nQUIT\n".getBytes(US_ASCII);

  /** Largest sum of the extensions of a version 2 header; senders stay below 1 KiB. */
  private static final int MAX_EXTENSION_BYTES = 4096;

  /** Closes a connection and says why. */
  @FunctionalInterface
  interface Refusal {
    void refuse(Channel channel, Cause cause, String reason);
  }

  private final boolean trusted;
  private final Runnable onward;
  private final Refusal refusal;

  /**
   * @param trusted whether this peer may send a header
   */
  ProxyHeaderReader(Duration wait, boolean trusted, Runnable onward, Refusal refusal) {
    super(wait.toNanos());
    this.trusted = trusted;
    this.onward = onward;
    this.refusal = refusal;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int text = common(in, TEXT);
    int binary = common(in, BINARY);
    boolean header = text == TEXT.length || binary == BINARY.length;
    if (header && !trusted) {
      cancelTimer();
      in.skipBytes(in.readableBytes());
      refusal.refuse(context.channel(), Cause.UNTRUSTED, "its sender is not in pxyfrom");
    } else if (header) {
      context
          .pipeline()
          .addLast(new HAProxyMessageDecoder(MAX_EXTENSION_BYTES), new Announced())
          .remove(this);
    } else if (text < in.readableBytes() && binary < in.readableBytes()) {
      pass(context);
    }
  }

  /** How many of the first bytes are those of the signature. */
  private static int common(ByteBuf in, byte[] signature) {
    int length = Math.min(in.readableBytes(), signature.length);
    for (int i = 0; i < length; i++) {
      if (in.getByte(in.readerIndex() + i) != signature[i]) {
        return i;
      }
    }
    return length;
  }

  private void pass(ChannelHandlerContext context) {
    cancelTimer();
    onward.run();
    context.pipeline().remove(this);
  }

  @Override
  protected void late(ChannelHandlerContext context) {
    if (!context.isRemoved() && context.channel().isActive()) {
      pass(context);
    } else if (context.pipeline().get(Announced.class) != null) {
      refusal.refuse(context.channel(), Cause.INCOMPLETE, "incomplete");
    }
  }

  @Override
  protected void ended(ChannelHandlerContext context) {
    if (!context.isRemoved()) {
      pass(context);
    }
  }

  /** Follows Netty's decoder, which removes itself. */
  private final class Announced extends ChannelInboundHandlerAdapter {
    private boolean broken;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!(message instanceof HAProxyMessage header)) {
        // What the decoder held when it was broken, or has read after it closed.
        ReferenceCountUtil.release(message);
        return;
      }
      cancelTimer();
      try {
        announce(context.channel(), header);
      } finally {
        header.release();
      }
      onward.run();
      context.pipeline().remove(this);
    }

    private void announce(Channel channel, HAProxyMessage header) {
      HAProxyProxiedProtocol protocol = header.proxiedProtocol();
      boolean inet =
          protocol == HAProxyProxiedProtocol.TCP4 || protocol == HAProxyProxiedProtocol.TCP6;
      if (header.command() == HAProxyCommand.PROXY && inet) {
        InetSocketAddress source = inet(header.sourceAddress(), header.sourcePort());
        new Ends(source, inet(header.destinationAddress(), header.destinationPort()))
            .announce(channel);
        channel
            .attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE)
            .set(SocketAddress.inetSocketAddress(source));
      }
    }

    /** The decoder has seen to it that this is an address. */
    private InetSocketAddress inet(String address, int port) {
      try {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
      if (!broken) {
        broken = true;
        cancelTimer();
        refusal.refuse(context.channel(), Cause.MALFORMED, reason(thrown));
      }
    }

    /** What the decoder says in words, rather than by the exception it met. */
    private static String reason(Throwable thrown) {
      for (Throwable at = thrown; at != null; at = at.getCause()) {
        boolean words = at.getCause() == null || !at.getCause().toString().equals(at.getMessage());
        if (at instanceof HAProxyProtocolException && at.getMessage() != null && words) {
          // Bytes of the client stand in it.
          return at.getMessage().replaceAll("\\p{Cntrl}", "?");
        }
      }
      return "malformed";
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      cancelTimer();
      context.fireChannelInactive();
    }
  }
}
