package io.tagway.proxy;

import io.netty.channel.Channel;
import io.tagway.config.ListenerSettings;
import io.tagway.proxy.ProxyHeaderMeters.Cause;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Reads the PROXY header of a connection, version 1 or 2, if there is one: see {@link Ends}. Who
 * sends nothing in time, or something else, goes on with the addresses of the socket, and so does
 * who announces none ({@code UNKNOWN}, {@code LOCAL}). A header that is broken, not complete in
 * time, or from a peer that may not send any, ends the connection: read on, it could still deceive
 * a target. Specification: haproxy.org, doc/proxy-protocol.txt.
 */
public final class ProxyProtocol implements Front {
  private final Duration wait;
  private final Predicate<InetAddress> trusted;
  private final ProxyHeaderMeters meters;
  private final Runnable refused;
  private final Notices notices =
      new Notices(System.getLogger(ProxyProtocol.class.getName()), System::nanoTime);

  /**
   * The front for a listener: none if it takes no headers.
   *
   * @param meters count the connections that were ended, and so does
   * @param refused called on the event loop for each
   */
  public static Front of(ListenerSettings settings, ProxyHeaderMeters meters, Runnable refused) {
    return settings.proxyProtocol()
        ? new ProxyProtocol(
            settings.proxyProtocolTimeout(), settings::takesProxyHeaderOf, meters, refused)
        : Front.NONE;
  }

  /**
   * @param wait for the header, from when the connection was accepted; above zero
   * @param trusted whether a peer may send a header
   */
  ProxyProtocol(
      Duration wait, Predicate<InetAddress> trusted, ProxyHeaderMeters meters, Runnable refused) {
    this.wait = wait;
    this.trusted = trusted;
    this.meters = meters;
    this.refused = refused;
  }

  @Override
  public void meet(Channel channel, Runnable onward) {
    boolean takes = trusted.test(Ends.of(channel).source().getAddress());
    channel.pipeline().addLast(new ProxyHeaderReader(wait, takes, onward, this::refuse));
  }

  private void refuse(Channel channel, Cause cause, String reason) {
    meters.refused(cause);
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
