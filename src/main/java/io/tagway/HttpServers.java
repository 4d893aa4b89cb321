package io.tagway;

import io.tagway.config.ListenerSettings;
import io.tagway.proxy.Listener;
import io.tagway.proxy.ProxyProtocol;
import io.tagway.proxy.http.HttpListener;
import io.tagway.proxy.http.HttpListener.LoopHandlers;
import io.tagway.tls.TlsServer;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.Optional;

/** Listeners of everything that is HTTP, behind PROXY headers where the settings ask for them. */
final class HttpServers {
  private HttpServers() {}

  /**
   * @param ready TLS, if the listener wants it
   * @param loops how many event loops serve
   */
  static Listener of(
      Vertx vertx,
      ListenerSettings settings,
      Optional<TlsServer> ready,
      int loops,
      LoopHandlers handlers) {
    // A bad header is logged where it is read; that is all that is told of it.
    return new HttpListener(
        ProxyProtocol.of(settings, HttpServers::isTrusted, () -> {}).before(vertx),
        settings,
        ready,
        loops,
        handlers);
  }

  /** Whoever connects may send a PROXY header where the listener asks for them, as with Fabio. */
  static boolean isTrusted(InetAddress peer) {
    return true;
  }
}
