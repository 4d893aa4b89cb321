package io.tagway.bgp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The options that only the native transport of Linux has. */
final class SocketOptions {
  /** Levels and names of ip(7) and ipv6(7). */
  private static final ChannelOption<Integer> IP_TTL = new IntegerUnixChannelOption("IP_TTL", 0, 2);

  private static final ChannelOption<Integer> IPV6_UNICAST_HOPS =
      new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", 41, 16);

  private SocketOptions() {}

  /** Where an option goes: a bootstrap, so that it is set before the first segment. */
  interface Sink {
    <T> Object set(ChannelOption<T> option, T value);
  }

  /** How far the packets may travel. */
  static void hops(Peer peer, Sink sink) {
    if (peer.hops() > 0) {
      sink.set(ttl(peer), peer.hops());
    }
  }

  /** The same for a connection that came in; without effect on other transports. */
  static void limitHops(Channel channel, Peer peer) {
    if (channel instanceof EpollSocketChannel && peer.hops() > 0) {
      channel.config().setOption(ttl(peer), peer.hops());
    }
  }

  /** The keys of TCP MD5 (RFC 2385): what is not signed by them the kernel drops. */
  static void sign(List<Peer> peers, Sink sink) {
    Map<InetAddress, byte[]> keys =
        peers.stream()
            .filter(Peer::signed)
            .collect(
                Collectors.toMap(
                    Peer::address, peer -> peer.password().getBytes(StandardCharsets.UTF_8)));
    if (!keys.isEmpty()) {
      sink.set(EpollChannelOption.TCP_MD5SIG, keys);
    }
  }

  private static ChannelOption<Integer> ttl(Peer peer) {
    return peer.address() instanceof Inet4Address ? IP_TTL : IPV6_UNICAST_HOPS;
  }
}
