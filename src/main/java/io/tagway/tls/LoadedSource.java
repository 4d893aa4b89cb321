package io.tagway.tls;

import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What all sources share: client CAs are loaded first and once, and certificates go one way in. */
abstract class LoadedSource implements CertificateSource {
  protected final Intake intake;
  private final Supplier<Future<List<X509Certificate>>> authoritiesLoader;
  private volatile List<X509Certificate> authorities = List.of();

  LoadedSource(Intake intake, Supplier<Future<List<X509Certificate>>> authoritiesLoader) {
    this.intake = intake;
    this.authoritiesLoader = authoritiesLoader;
  }

  /** Loads for the first time. */
  abstract Future<Void> begin();

  @Override
  public final Future<Void> start() {
    return authoritiesLoader
        .get()
        .recover(
            cause ->
                Future.failedFuture(
                    new BadCertificate(
                        "Failed to create TLS config for cert source "
                            + intake.source()
                            + ". "
                            + BadCertificate.reason(cause))))
        .compose(
            found -> {
              authorities = found;
              return begin();
            });
  }

  @Override
  public final Certificates current() {
    return intake.current();
  }

  @Override
  public final List<X509Certificate> clientAuthorities() {
    return authorities;
  }

  @Override
  public final void observe(Consumer<Certificates> observer) {
    intake.observe(observer);
  }

  /**
   * Client CAs at a place. Where one is configured there must be one: Fabio lets everybody in if it
   * finds none.
   */
  static Supplier<Future<List<X509Certificate>>> authorities(PemFiles files, String place) {
    return place.isEmpty()
        ? () -> Future.succeededFuture(List.of())
        : () -> files.read(place).map(found -> authorities(place, found));
  }

  private static List<X509Certificate> authorities(String place, List<PemFile> files) {
    List<X509Certificate> all = new ArrayList<>();
    for (PemFile file : files) {
      if (!file.trouble().isEmpty()) {
        throw new BadCertificate(file.name() + ": " + file.trouble());
      }
      try {
        all.addAll(ServerCertificate.certificates(file.text()));
      } catch (BadCertificate e) {
        throw new BadCertificate(file.name() + ": " + BadCertificate.reason(e));
      }
    }
    if (all.isEmpty()) {
      throw new BadCertificate("clientca=" + place + " has no certificate");
    }
    return List.copyOf(all);
  }
}
