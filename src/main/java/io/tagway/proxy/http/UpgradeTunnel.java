package io.tagway.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.tagway.proxy.TunnelEnd;

/**
 * What is left of an exchange when the target has taken up another protocol: bytes that flow both
 * ways, with no limit of time or size. One side may end and the other go on; a side that breaks
 * takes the other with it. When the listener is drained the connection counts as running, and is
 * closed with the rest at the limit. Used by one event loop.
 */
final class UpgradeTunnel implements TunnelEnd.Owner {
  /** Hears of the end. */
  @FunctionalInterface
  interface Ended {
    /**
     * @param sentBytes from the client to the target
     * @param receivedBytes from the target to the client
     */
    void ended(long sentBytes, long receivedBytes);
  }

  private final TunnelEnd clientEnd = new TunnelEnd(this);
  private final TunnelEnd upstreamEnd = new TunnelEnd(this);
  private final Ended ended;
  private long sentBytes;
  private long receivedBytes;
  private boolean over;

  private UpgradeTunnel(Ended ended) {
    this.ended = ended;
  }

  /**
   * Joins two channels of one event loop. What was read behind the heads on either side is the
   * first to flow.
   *
   * @param upstream with its codec in it
   * @param connection the last handler of that channel
   */
  static void open(Http1Client client, Channel upstream, ChannelHandler connection, Ended ended) {
    UpgradeTunnel tunnel = new UpgradeTunnel(ended);
    configure(upstream);
    ChannelPipeline pipeline = upstream.pipeline();
    pipeline.replace(connection, "tunnel", tunnel.upstreamEnd);
    pipeline.remove(UpstreamCodec.class);
    configure(client.channel());
    client.handOver(tunnel.clientEnd);
    tunnel.clientEnd.join(tunnel.upstreamEnd);
    tunnel.upstreamEnd.join(tunnel.clientEnd);
  }

  private static void configure(Channel channel) {
    channel.config().setAutoRead(false);
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel.config().setOption(ChannelOption.AUTO_CLOSE, true);
  }

  @Override
  public void moved(TunnelEnd at, int bytes) {
    if (at == clientEnd) {
      sentBytes += bytes;
    } else {
      receivedBytes += bytes;
    }
  }

  @Override
  public void writability(TunnelEnd at, boolean writable) {}

  @Override
  public void broken(TunnelEnd at) {
    if (!over) {
      end();
      other(at).abort();
    }
  }

  @Override
  public void ended(TunnelEnd at) {
    if (!over && !other(at).channel().isOpen()) {
      end();
    }
  }

  private TunnelEnd other(TunnelEnd at) {
    return at == clientEnd ? upstreamEnd : clientEnd;
  }

  private void end() {
    over = true;
    ended.ended(sentBytes, receivedBytes);
  }
}
