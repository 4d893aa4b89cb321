package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTlsTest {
  private static WebClientOptions with(Map<String, String> environment) {
    WebClientOptions options = new WebClientOptions();
    VaultTls.configure(options, environment);
    return options;
  }

  private static String refused(Map<String, String> environment) {
    return BadCertificate.reason(assertThrows(BadCertificate.class, () -> with(environment)));
  }

  @Test
  void changesNothingWhenNothingIsSaid() {
    WebClientOptions options = with(Map.of());
    assertFalse(options.isTrustAll());
    assertTrue(options.isVerifyHost());
    assertEquals(null, options.getTrustOptions());
    assertEquals(null, options.getKeyCertOptions());
  }

  @Test
  void theFileWinsOverTheDirectory(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("two.pem"), "2");
    Files.writeString(directory.resolve("one.pem"), "1");
    assertEquals(
        List.of(directory.resolve("one.pem").toString(), directory.resolve("two.pem").toString()),
        trusted(Map.of("VAULT_CAPATH", directory.toString())));
    assertEquals(
        List.of("/ca.pem"),
        trusted(Map.of("VAULT_CAPATH", directory.toString(), "VAULT_CACERT", "/ca.pem")));
  }

  private static List<String> trusted(Map<String, String> environment) {
    return ((PemTrustOptions) with(environment).getTrustOptions()).getCertPaths();
  }

  @Test
  void verificationCanBeSkipped() {
    for (String yes : List.of("1", "t", "true", "TRUE")) {
      assertTrue(with(Map.of("VAULT_SKIP_VERIFY", yes)).isTrustAll(), yes);
    }
    for (String no : List.of("0", "f", "False")) {
      assertFalse(with(Map.of("VAULT_SKIP_VERIFY", no)).isTrustAll(), no);
    }
    assertEquals(
        "VAULT_SKIP_VERIFY \"maybe\" is neither true nor false",
        refused(Map.of("VAULT_SKIP_VERIFY", "maybe")));
  }

  @Test
  void aClientCertificateNeedsItsKey() {
    assertNotNull(
        with(Map.of("VAULT_CLIENT_CERT", "/c.pem", "VAULT_CLIENT_KEY", "/c.key"))
            .getKeyCertOptions());
    assertEquals(
        "VAULT_CLIENT_CERT and VAULT_CLIENT_KEY go together",
        refused(Map.of("VAULT_CLIENT_KEY", "/c.key")));
  }

  @Test
  void variablesWithoutEffectAreNamed() {
    assertEquals(
        List.of("VAULT_PROXY_ADDR", "VAULT_TLS_SERVER_NAME"),
        VaultTls.withoutEffect(
            Map.of(
                "VAULT_TLS_SERVER_NAME", "a.test",
                "VAULT_PROXY_ADDR", "http://b.test",
                "VAULT_RATE_LIMIT", "",
                "VAULT_ADDR", "https://c.test")));
  }

  @Test
  void theAddressMustBeOne() {
    assertEquals("vault.test", VaultClient.address("https://vault.test:8200/ns").getHost());
    for (String bad : List.of("vault.test:8200", "ftp://vault.test", "http:///x", "http://a b")) {
      assertEquals(
          "VAULT_ADDR \"" + bad + "\" is no http address; https://127.0.0.1:8200 would fit",
          BadCertificate.reason(
              assertThrows(BadCertificate.class, () -> VaultClient.address(bad))));
    }
  }
}
