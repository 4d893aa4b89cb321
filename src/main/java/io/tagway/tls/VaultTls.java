package io.tagway.tls;

import io.tagway.outbound.Directory;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * TLS towards Vault, by the variables of Vault's own program: <a
 * href="https://developer.hashicorp.com/vault/docs/commands#environment-variables">commands</a>.
 */
final class VaultTls {
  /** Of Vault's client, but not read here. */
  private static final List<String> OTHERS =
      List.of(
          "VAULT_AGENT_ADDR",
          "VAULT_CACERT_BYTES",
          "VAULT_CLIENT_TIMEOUT",
          "VAULT_HTTP_PROXY",
          "VAULT_MAX_RETRIES",
          "VAULT_PROXY_ADDR",
          "VAULT_RATE_LIMIT",
          "VAULT_SRV_LOOKUP",
          "VAULT_TLS_SERVER_NAME");

  private VaultTls() {}

  /** Variables that are set and do nothing, to be warned about. */
  static List<String> withoutEffect(Map<String, String> environment) {
    return OTHERS.stream().filter(name -> !environment.getOrDefault(name, "").isEmpty()).toList();
  }

  /**
   * @throws BadCertificate if a variable does not say what it has to
   */
  static void configure(WebClientOptions options, Map<String, String> environment) {
    String file = environment.getOrDefault("VAULT_CACERT", "");
    String directory = environment.getOrDefault("VAULT_CAPATH", "");
    if (skipsVerification(environment.getOrDefault("VAULT_SKIP_VERIFY", ""))) {
      options.setTrustAll(true).setVerifyHost(false);
    } else if (!file.isEmpty()) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(file));
    } else if (!directory.isEmpty()) {
      PemTrustOptions trust = new PemTrustOptions();
      filesIn(directory).forEach(one -> trust.addCertPath(one.toString()));
      options.setTrustOptions(trust);
    }
    String certificate = environment.getOrDefault("VAULT_CLIENT_CERT", "");
    String key = environment.getOrDefault("VAULT_CLIENT_KEY", "");
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new BadCertificate("VAULT_CLIENT_CERT and VAULT_CLIENT_KEY go together");
    }
    if (!key.isEmpty()) {
      options.setKeyCertOptions(new PemKeyCertOptions().addCertPath(certificate).addKeyPath(key));
    }
  }

  private static boolean skipsVerification(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "t", "true" -> true;
      case "", "0", "f", "false" -> false;
      default ->
          throw new BadCertificate("VAULT_SKIP_VERIFY \"" + text + "\" is neither true nor false");
    };
  }

  private static List<Path> filesIn(String directory) {
    try {
      return Directory.filesIn(Path.of(directory));
    } catch (IOException e) {
      throw new BadCertificate("VAULT_CAPATH cannot be read: " + e.getMessage());
    }
  }
}
