package io.tagway;

import io.tagway.config.ListenerSettings;
import io.tagway.metrics.Meters;
import io.tagway.proxy.Front;
import io.tagway.proxy.Listener;
import io.tagway.proxy.ProxyHeaderMeters;
import io.tagway.proxy.ProxyProtocol;
import io.tagway.proxy.http.HeadBudget;
import io.tagway.proxy.http.HttpListener;
import io.tagway.proxy.http.HttpListener.LoopHandlers;
import io.tagway.tls.TlsServer;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Listeners of everything that is HTTP, which share what memory there is for their heads. */
final class HttpServers {
  private final Vertx vertx;
  private final Meters meters;
  private final HeadBudget heads = HeadBudget.ofHeap();

  /**
   * @param meters where PROXY headers that are refused are counted
   */
  HttpServers(Vertx vertx, Meters meters) {
    this.vertx = vertx;
    this.meters = meters;
  }

  /**
   * Behind PROXY headers where the settings ask for them.
   *
   * @param ready TLS, if the listener wants it
   * @param loops how many event loops serve
   */
  Listener of(
      ListenerSettings settings, Optional<TlsServer> ready, int loops, LoopHandlers handlers) {
    ProxyHeaderMeters refused = new ProxyHeaderMeters(meters, settings.address());
    return behind(ProxyProtocol.of(settings, refused, () -> {}), settings, ready, loops, handlers);
  }

  /** Behind something else. */
  Listener behind(
      Front front,
      ListenerSettings settings,
      Optional<TlsServer> ready,
      int loops,
      LoopHandlers handlers) {
    return new HttpListener(
        vertx, settings, new HttpListener.Place(front, ready, loops, heads), handlers);
  }
}
