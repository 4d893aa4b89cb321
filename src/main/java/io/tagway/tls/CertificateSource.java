package io.tagway.tls;

import io.tagway.config.ListenerSettings.CertSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Where the certificates of listeners come from: one entry of {@code proxy.cs}. Several listeners
 * may share one. Methods are for any thread.
 */
public interface CertificateSource {
  /**
   * Makes the source that the settings describe; nothing is read before {@link #start()}.
   *
   * @param wanted whether a host name (small letters) is served here; only {@code vault-pki} asks,
   *     before it has a certificate made
   * @param environment for the variables of Vault and of system trust
   * @throws BadCertificate if the settings cannot be understood
   */
  static CertificateSource of(
      Vertx vertx, CertSource settings, Predicate<String> wanted, Map<String, String> environment) {
    return Sources.of(vertx, settings, wanted, environment);
  }

  /** As above, for any name. */
  static CertificateSource of(Vertx vertx, CertSource settings, Map<String, String> environment) {
    return of(vertx, settings, name -> true, environment);
  }

  /**
   * Loads for the first time, then keeps up to date. Fails with a {@link BadCertificate} where
   * going on makes no sense: a {@code file} that cannot be used, client CAs that are configured and
   * not to be had. Other sources start empty and go on trying.
   */
  Future<Void> start();

  /** What it has now; {@link Certificates#NONE} before the first load. */
  Certificates current();

  /**
   * Called before a certificate is chosen for a client; completes when there will be none better
   * for this name. Never fails. May complete on another thread.
   *
   * @param serverName in small letters, empty if none was sent
   */
  default Future<Void> prepare(String serverName) {
    return Future.succeededFuture();
  }

  /** CAs of client certificates; empty = clients need none. Fixed when started. */
  List<X509Certificate> clientAuthorities();

  /** Calls the observer with each new set from now on, on a thread of the source. */
  void observe(Consumer<Certificates> observer);

  /** Stops keeping up to date; what it has stays. */
  Future<Void> close();
}
