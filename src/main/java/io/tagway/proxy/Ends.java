package io.tagway.proxy;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * The two ends of a client's connection: as its PROXY header announced them, else those of the
 * socket. Addresses are resolved; IPv4-mapped ones are IPv4.
 *
 * @param source the client
 * @param destination where the client wanted to go
 */
public record Ends(InetSocketAddress source, InetSocketAddress destination) {
  private static final AttributeKey<Ends> ANNOUNCED = AttributeKey.valueOf(Ends.class, "announced");
  private static final InetSocketAddress NOWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** Those of a channel, to be asked on its event loop or after it was handed on. */
  public static Ends of(Channel channel) {
    Ends announced = channel.attr(ANNOUNCED).get();
    return announced != null
        ? announced
        : new Ends(inet(channel.remoteAddress()), inet(channel.localAddress()));
  }

  /** The other end of the socket as text, for the log. */
  public static String peer(Channel channel) {
    return NetUtil.toSocketAddressString(inet(channel.remoteAddress()));
  }

  /** What a PROXY header said of a channel. */
  void announce(Channel channel) {
    channel.attr(ANNOUNCED).set(this);
  }

  /** A channel that is closed already has no address. */
  private static InetSocketAddress inet(java.net.SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet) || inet.isUnresolved()) {
      return NOWHERE;
    }
    try {
      InetAddress plain = InetAddress.getByAddress(inet.getAddress().getAddress());
      return plain.getAddress().length == inet.getAddress().getAddress().length
          ? inet
          : new InetSocketAddress(plain, inet.getPort());
    } catch (UnknownHostException impossible) {
      return NOWHERE;
    }
  }
}
