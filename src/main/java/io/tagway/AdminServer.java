package io.tagway;

import static java.lang.System.Logger.Level.INFO;

import io.tagway.admin.AdminHandler;
import io.tagway.admin.Vitals.Listening;
import io.tagway.config.Settings;
import io.tagway.metrics.Metrics;
import io.tagway.metrics.MetricsPage;
import io.tagway.proxy.Listener;
import io.tagway.proxy.http.HttpListener.LoopHandler;
import io.tagway.tls.TlsServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The listener of {@code ui.addr}, on one event loop. */
final class AdminServer {
  private static final System.Logger LOG = System.getLogger(AdminServer.class.getName());

  private final HttpServers servers;
  private final Settings.Ui settings;
  private final Optional<MetricsPage> metrics;
  private final TlsServers tls;
  private final AdminHandler pages;
  private volatile @Nullable Listener listener;

  AdminServer(
      Vertx vertx,
      HttpServers servers,
      Settings settings,
      TlsServers tls,
      AdminHandler pages,
      Metrics metrics) {
    this.servers = servers;
    this.settings = settings.ui();
    this.metrics =
        settings.metrics().targets().contains("prometheus")
            ? Optional.of(
                new MetricsPage(vertx, metrics::page, settings.metrics().prometheus().path()))
            : Optional.empty();
    this.tls = tls;
    this.pages = pages;
  }

  /** Opens, and gives the port that was really bound. Fails with a text that is fit for the log. */
  Future<Integer> open() {
    LOG.log(INFO, "Admin server access mode \"" + (settings.readOnly() ? "ro" : "rw") + "\"");
    return pages
        .open()
        .compose(ready -> tls.of(settings.listener()))
        .map(this::make)
        .compose(made -> made.open().map(opened -> made.port()))
        .onSuccess(
            port ->
                LOG.log(
                    INFO,
                    "Admin server listening on \"" + settings.listener().addressAt(port) + '"'))
        .recover(cause -> Future.failedFuture(new UiFailure("ui: " + cause.getMessage(), cause)));
  }

  /** What there is to see of it. */
  Listening listening() {
    Listener made = listener;
    return RouterVitals.listening("ui", settings.listener(), made == null ? 0 : made.port());
  }

  private Listener make(Optional<TlsServer> ready) {
    Listener made =
        servers.of(
            settings.listener(),
            ready,
            1,
            (x, loop, count, draining) -> LoopHandler.of(this::answer, draining));
    listener = made;
    return made;
  }

  private void answer(HttpServerRequest request) {
    metrics
        .filter(page -> page.isHere(request))
        .ifPresentOrElse(page -> pages.guarded(request, page), () -> pages.handle(request));
  }

  /** From now on {@code /health} says that this router is about to go; all else is served. */
  void leave() {
    pages.leave();
  }

  /** See {@link Listener#giveWay}. */
  void giveWay() {
    Listener made = listener;
    if (made != null) {
      made.giveWay();
    }
  }

  /** Ends the pages that follow the table, which would hold on for as long as they are let. */
  Future<Void> drain(Duration limit) {
    Listener made = listener;
    return pages
        .close()
        .transform(closed -> made == null ? Future.succeededFuture() : made.drain(limit));
  }

  /** The server could not be opened; the message is fit for the log. */
  private static final class UiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UiFailure(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
