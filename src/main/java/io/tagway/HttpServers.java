package io.tagway;

import io.tagway.config.ListenerSettings;
import io.tagway.metrics.Meters;
import io.tagway.proxy.Listener;
import io.tagway.proxy.ProxyHeaderMeters;
import io.tagway.proxy.ProxyProtocol;
import io.tagway.proxy.http.HttpListener;
import io.tagway.proxy.http.HttpListener.LoopHandlers;
import io.tagway.tls.TlsServer;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Listeners of everything that is HTTP, behind PROXY headers where the settings ask for them. */
final class HttpServers {
  private HttpServers() {}

  /**
   * @param ready TLS, if the listener wants it
   * @param loops how many event loops serve
   * @param meters where PROXY headers that are refused are counted
   */
  static Listener of(
      Vertx vertx,
      ListenerSettings settings,
      Optional<TlsServer> ready,
      int loops,
      Meters meters,
      LoopHandlers handlers) {
    return new HttpListener(
        ProxyProtocol.of(settings, new ProxyHeaderMeters(meters, settings.address()), () -> {})
            .before(vertx),
        settings,
        ready,
        loops,
        handlers);
  }
}
