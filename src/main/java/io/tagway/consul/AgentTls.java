package io.tagway.consul;

import io.tagway.config.Settings;
import io.tagway.outbound.Directory;
import io.tagway.outbound.Outbound;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Client certificate and trust for https to the agent. */
final class AgentTls {
  private AgentTls() {}

  /** Reads the files now, so that a missing one is found at start and not on a connection. */
  static HttpClientOptions clientOptions(
      boolean tls, Settings.ConsulTls settings, Outbound outbound) {
    HttpClientOptions options = new HttpClientOptions().setSsl(tls);
    if (!tls) {
      return options;
    }
    options.setVerifyHost(!settings.insecureSkipVerify());
    if (settings.insecureSkipVerify()) {
      options.setTrustAll(true);
    } else if (!settings.caFile().isEmpty() || !settings.caPath().isEmpty()) {
      PemTrustOptions trust = new PemTrustOptions();
      // Fabio's client takes the file and leaves the directory where both are given.
      List<Path> files =
          settings.caFile().isEmpty()
              ? filesIn(settings.caPath())
              : List.of(Path.of(settings.caFile()));
      String option = settings.caFile().isEmpty() ? "capath" : "cafile";
      files.forEach(file -> trust.addCertValue(bytes(option, file)));
      options.setTrustOptions(trust);
    } else {
      outbound.trust().ifPresent(options::setTrustOptions);
    }
    if (settings.certFile().isEmpty() != settings.keyFile().isEmpty()) {
      throw new IllegalArgumentException(
          "registry.consul.tls.certfile and registry.consul.tls.keyfile go together");
    }
    if (!settings.keyFile().isEmpty()) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertValue(bytes("certfile", Path.of(settings.certFile())))
              .addKeyValue(bytes("keyfile", Path.of(settings.keyFile()))));
    }
    return options;
  }

  private static List<Path> filesIn(String directory) {
    try {
      return Directory.filesIn(Path.of(directory));
    } catch (IOException e) {
      throw unusable("capath", directory, e);
    }
  }

  private static Buffer bytes(String option, Path file) {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw unusable(option, file.toString(), e);
    }
  }

  private static IllegalArgumentException unusable(String option, String place, IOException cause) {
    String why =
        cause instanceof NoSuchFileException
            ? "no such file or directory"
            : cause.getClass().getSimpleName() + " " + cause.getMessage();
    return new IllegalArgumentException(
        "registry.consul.tls." + option + ": open " + place + ": " + why, cause);
  }
}
