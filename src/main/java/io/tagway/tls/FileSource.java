package io.tagway.tls;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;

/** One certificate and its key from one or two files, read once. */
final class FileSource extends LoadedSource {
  private final Vertx vertx;
  private final PemFiles files;
  private final String certificate;
  private final String key;

  /**
   * @param key empty if it is in the file of the certificate
   */
  FileSource(
      Vertx vertx,
      Intake intake,
      Supplier<Future<List<X509Certificate>>> authorities,
      String certificate,
      String key) {
    super(intake, authorities);
    this.vertx = vertx;
    this.files = LocalFiles.single(vertx);
    this.certificate = certificate;
    this.key = key.isEmpty() ? certificate : key;
  }

  @Override
  Future<Void> begin() {
    return Future.all(files.read(certificate), files.read(key))
        .compose(
            both ->
                vertx.<Void>executeBlocking(
                    () -> {
                      List<PemFile> first = both.resultAt(0);
                      List<PemFile> second = both.resultAt(1);
                      intake.publish(Certificates.of(List.of(read(first.get(0), second.get(0)))));
                      return null;
                    }))
        .recover(
            cause ->
                Future.failedFuture(
                    new BadCertificate(
                        "cert: Error loading certificate. " + BadCertificate.reason(cause))));
  }

  private ServerCertificate read(PemFile certificateFile, PemFile keyFile) {
    try {
      return ServerCertificate.of(certificate, certificateFile.text(), keyFile.text());
    } catch (BadCertificate e) {
      throw new BadCertificate(
          certificate
              + (key.equals(certificate) ? "" : " with " + key)
              + ": "
              + BadCertificate.reason(e));
    }
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
