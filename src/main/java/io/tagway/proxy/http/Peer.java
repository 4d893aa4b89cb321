package io.tagway.proxy.http;

import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a client connection, in the forms headers need, each made once. */
final class Peer {
  private final InetAddress address;
  private final AsciiString ip;
  private final int port;
  private final boolean tls;
  private final ForwardedTails tails;
  private @Nullable AsciiString forwarded;

  Peer(InetAddress address, int port, boolean tls, ForwardedTails tails) {
    this.address = address;
    this.ip = AsciiString.of(NetUtil.toAddressString(address));
    this.port = port;
    this.tls = tls;
    this.tails = tails;
  }

  InetAddress address() {
    return address;
  }

  /** The address as text; IPv6 in its short form and without brackets (RFC 5952). */
  AsciiString ip() {
    return ip;
  }

  int port() {
    return port;
  }

  boolean tls() {
    return tls;
  }

  /** The value of {@code Forwarded} for a request that brought none. */
  CharSequence forwarded(String scheme, Protocol protocol) {
    boolean usual = protocol != Protocol.HTTP_1_0 && scheme.equals(tls ? "https" : "http");
    AsciiString known = forwarded;
    if (usual && known != null) {
      return known;
    }
    AsciiString made = AsciiString.of("for=" + ip + "; proto=" + scheme + forwardedTail(protocol));
    if (usual) {
      forwarded = made;
    }
    return made;
  }

  /** What is appended to the {@code Forwarded} of a client. */
  String forwardedTail(Protocol protocol) {
    return tails.of(protocol);
  }
}
