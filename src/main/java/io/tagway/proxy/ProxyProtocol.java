package io.tagway.proxy;

import io.netty.channel.Channel;
import io.tagway.config.ListenerSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Reads the PROXY header of a connection, version 1 or 2, if there is one: see {@link Ends}. Who
 * sends nothing in time, or something else, goes on with the addresses of the socket, and so does
 * who announces none ({@code UNKNOWN}, {@code LOCAL}). A header that is broken, or not complete in
 * time, ends the connection. Specification: haproxy.org, doc/proxy-protocol.txt.
 */
public final class ProxyProtocol implements Front {
  private final Duration wait;
  private final Predicate<InetAddress> trusted;
  private final Runnable refused;
  private final Notices notices =
      new Notices(System.getLogger(ProxyProtocol.class.getName()), System::nanoTime);

  /**
   * The front for a listener: none if it takes no headers.
   *
   * @param trusted as for the constructor
   * @param refused as for the constructor
   */
  public static Front of(
      ListenerSettings settings, Predicate<InetAddress> trusted, Runnable refused) {
    return settings.proxyProtocol()
        ? new ProxyProtocol(settings.proxyProtocolTimeout(), trusted, refused)
        : Front.NONE;
  }

  /**
   * @param wait for the header, from when the connection was accepted; above zero
   * @param trusted whether a peer may send a header; that of another is not read, and so meets the
   *     protocol of the listener
   * @param refused called on the event loop for each connection that was ended
   */
  public ProxyProtocol(Duration wait, Predicate<InetAddress> trusted, Runnable refused) {
    this.wait = wait;
    this.trusted = trusted;
    this.refused = refused;
  }

  @Override
  public void meet(Channel channel, Runnable onward) {
    if (trusted.test(Ends.of(channel).source().getAddress())) {
      channel.pipeline().addLast(new ProxyHeaderReader(wait, onward, this::refuse));
    } else {
      onward.run();
    }
  }

  private void refuse(Channel channel, String reason) {
    refused.run();
    var unused = channel.close();
    notices.warn(
        () ->
            "proxy protocol: bad header from "
                + Ends.peer(channel)
                + ": "
                + reason
                + ", connection closed");
  }
}
