package io.tagway.proxy.tcp;

import io.tagway.config.ListenerSettings;
import io.tagway.proxy.Front;
import io.tagway.proxy.Listener;
import io.tagway.proxy.ProxyHeaderMeters;
import io.tagway.proxy.ProxyProtocol;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Listener {@code https+tcp+sni}: what is for a TCP target is passed on before TLS, everything else
 * is left to an HTTPS listener on the same socket, with its bytes and its addresses.
 *
 * <pre>
 * ServerNameSplit split = new ServerNameSplit(vertx, settings, forwarding, headers);
 * Listener both = split.with(new HttpListener(vertx, settings, a place behind split.front(), ...));
 * </pre>
 */
public final class ServerNameSplit {
  private final TcpProxy proxy;
  private final Front front;

  /**
   * @param headers told of PROXY headers that are refused, if the listener takes any; they reach
   *     the HTTPS listener as well
   */
  public ServerNameSplit(
      Vertx vertx, ListenerSettings settings, TcpForwarding forwarding, ProxyHeaderMeters headers) {
    this.proxy =
        new TcpProxy(
            vertx,
            TcpObserver.Kind.SERVER_NAME,
            "https+tcp+sni " + settings.address(),
            forwarding,
            IdleLimits.of(settings));
    this.front =
        ProxyProtocol.of(settings, headers, proxy::failed)
            .then(new ServerNames(proxy, settings, true));
  }

  /** What must stand before the HTTPS listener. */
  public Front front() {
    return front;
  }

  /** The HTTPS listener with this front, and the connections that were passed on. */
  public Listener with(Listener https) {
    return new Listener() {
      @Override
      public Future<Void> open() {
        return https.open();
      }

      @Override
      public void giveWay() {
        https.giveWay();
      }

      @Override
      public Future<Void> drain(Duration limit) {
        return Future.join(https.drain(limit), proxy.connections().drain(limit)).mapEmpty();
      }

      @Override
      public int port() {
        return https.port();
      }
    };
  }
}
