package io.tagway;

import io.tagway.config.ListenerSettings;
import io.tagway.config.ListenerSettings.CertSource;
import io.tagway.route.Table;
import io.tagway.tls.CertificateSource;
import io.tagway.tls.ServerCertificate;
import io.tagway.tls.TlsServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * TLS of the listeners. Each certificate source is started once, when the first listener that names
 * it asks, and shared by all that do. For any thread.
 */
final class TlsServers {
  private final Vertx vertx;
  private final Supplier<Table> table;
  private final Map<String, String> environment;
  private final Map<CertSource, Future<CertificateSource>> sources = new ConcurrentHashMap<>();

  /**
   * @param table the hosts for which certificates may be made on demand
   * @param environment for the variables of Vault and of system trust
   */
  TlsServers(Vertx vertx, Supplier<Table> table, Map<String, String> environment) {
    this.vertx = vertx;
    this.table = table;
    this.environment = environment;
  }

  /**
   * TLS as a listener wants it, empty if it wants none. Fails with a {@link
   * io.tagway.tls.BadCertificate} that is fit for the log.
   */
  Future<Optional<TlsServer>> of(ListenerSettings listener) {
    return listener
        .certSource()
        .map(
            wanted ->
                sources
                    .computeIfAbsent(wanted, this::start)
                    .map(source -> Optional.of(TlsServer.of(listener, source))))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Future<CertificateSource> start(CertSource settings) {
    CertificateSource source =
        CertificateSource.of(vertx, settings, host -> table.get().serves(host), environment);
    return source.start().map(source);
  }

  /** What can be shown to clients at this moment. */
  List<ServerCertificate> certificates() {
    return sources.values().stream()
        .filter(Future::succeeded)
        .flatMap(started -> started.result().current().all().stream())
        .toList();
  }

  /** Stops following what the sources read. */
  Future<Void> close() {
    List<Future<Void>> closing =
        sources.values().stream()
            .filter(Future::succeeded)
            .map(started -> started.result().close())
            .toList();
    return Future.join(closing).mapEmpty();
  }
}
