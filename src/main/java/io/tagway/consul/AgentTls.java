package io.tagway.consul;

import io.tagway.config.Settings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Client certificate and trust for https to the agent. */
final class AgentTls {
  private AgentTls() {}

  /** Reads the files now, so that a missing one is found at start and not on a connection. */
  static HttpClientOptions clientOptions(boolean tls, Settings.ConsulTls settings) {
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
              ? filesIn(Path.of(settings.caPath()))
              : List.of(Path.of(settings.caFile()));
      files.forEach(file -> trust.addCertValue(bytes(file)));
      options.setTrustOptions(trust);
    }
    if (!settings.certFile().isEmpty() || !settings.keyFile().isEmpty()) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertValue(bytes(Path.of(settings.certFile())))
              .addKeyValue(bytes(Path.of(settings.keyFile()))));
    }
    return options;
  }

  private static List<Path> filesIn(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Buffer bytes(Path file) {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
