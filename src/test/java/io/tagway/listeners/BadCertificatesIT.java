package io.tagway.listeners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.TagwayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that cannot be used end the start with one clear line and status 1. */
class BadCertificatesIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String FIXTURES = "src/test/resources/tls/";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  /** The registry never answers: nobody must wait for it to hear of a bad certificate. */
  private static void refused(String fatal, String source, String listener, String ui)
      throws Exception {
    try (TagwayProcess tagway =
        TagwayProcess.start(
            List.of(
                "-insecure",
                "-registry.consul.addr=127.0.0.1:1",
                "-registry.timeout=1h",
                "-proxy.cs=cs=x;" + source,
                "-proxy.addr=127.0.0.1:0" + listener,
                "-ui.addr=127.0.0.1:0" + ui))) {
      assertEquals(1, tagway.exit(LIMIT), tagway::log);
      List<String> ends = tagway.log().lines().filter(l -> l.contains("[FATAL]")).toList();
      assertEquals(1, ends.size(), tagway::log);
      assertTrue(ends.get(0).contains(fatal), ends.get(0));
      assertFalse(tagway.log().contains("\tat "), tagway::log);
    }
  }

  private static void refused(String fatal, String source) throws Exception {
    refused(fatal, source, ";cs=x", "");
  }

  @Test
  void aFileThatIsNotThere() throws Exception {
    refused("nowhere.pem: there is no such file", "type=file;cert=nowhere.pem");
  }

  @Test
  void aFileWithoutACertificate() throws Exception {
    Path rubbish = Files.writeString(directory.resolve("x.pem"), "rubbish");
    refused(rubbish + ": ", "type=file;cert=" + rubbish);
  }

  @Test
  void aKeyOfAnotherCertificate() throws Exception {
    refused(
        "the private key does not belong to the certificate",
        "type=file;cert=" + FIXTURES + "a-cert.pem;key=" + FIXTURES + "b-key.pem");
  }

  @Test
  void aKeyWithAPassword() throws Exception {
    refused(
        "openssl",
        "type=file;cert=" + FIXTURES + "rsa-cert.pem;key=" + FIXTURES + "rsa-encrypted.key");
  }

  @Test
  void clientAuthoritiesThatAreNotThere() throws Exception {
    refused(
        "clientca",
        "type=path;cert="
            + directory
            + ";clientca="
            + Files.createDirectory(directory.resolve("empty")));
  }

  @Test
  void noSuiteThatCanBeSpoken() throws Exception {
    refused(
        "127.0.0.1:0",
        "type=file;cert=" + FIXTURES + "both.pem",
        ";cs=x;tlsciphers=TLS_RSA_WITH_RC4_128_SHA",
        "");
  }

  @Test
  void theUiIsNoException() throws Exception {
    refused("ui: ", "type=file;cert=nowhere.pem", "", ";cs=x");
  }
}
