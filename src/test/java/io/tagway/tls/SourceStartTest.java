package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Eventually;
import io.tagway.testkit.LogCapture;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails the start, with which words, and what does not. */
class SourceStartTest {
  private final Vertx vertx = Vertx.vertx();
  private final LogCapture log = new LogCapture();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  @AfterEach
  void close() {
    log.close();
    TlsTestServer.await(vertx.close());
  }

  private CertificateSource source(Fixtures.Source source) {
    return CertificateSource.of(vertx, source.settings(), Map.of());
  }

  private String failure(Fixtures.Source source) throws Exception {
    CertificateSource opened = source(source);
    var starting = opened.start().toCompletionStage().toCompletableFuture();
    Throwable cause =
        assertThrows(ExecutionException.class, () -> starting.get(20, TimeUnit.SECONDS)).getCause();
    return BadCertificate.reason(assertInstanceOf(BadCertificate.class, cause));
  }

  @Test
  void aFileIsLoadedOnce() {
    CertificateSource a = source(Fixtures.file("a"));
    assertTrue(a.current().isEmpty());
    List<Certificates> heard = new ArrayList<>();
    a.observe(heard::add);
    TlsTestServer.await(a.start());
    assertEquals(1, a.current().all().size());
    assertEquals(List.of(a.current()), heard);
    assertEquals(List.of(), a.clientAuthorities());
    assertEquals(List.of("INFO cert: test: has certificates for [a.test]"), log.lines("cert:"));
  }

  @Test
  void aFileMayHoldTheKeyToo() {
    CertificateSource both = source(Fixtures.source("file", Fixtures.path("both.pem")));
    TlsTestServer.await(both.start());
    assertEquals(1, both.current().all().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere.pem | | nowhere.pem: there is no such file",
        "a-cert.pem | nowhere.pem | nowhere.pem: there is no such file",
        "a-cert.pem | | a-cert.pem: there is no private key for it",
        "a-cert.pem | b-key.pem | b-key.pem: the private key does not belong to the certificate",
        "make.sh | | make.sh: there is no certificate in it"
      })
  void aBadFileFails(String certificate, String key, String reason) throws Exception {
    Fixtures.Source source = Fixtures.source("file", Fixtures.path(certificate));
    String why = failure(key == null ? source : source.key(Fixtures.path(key)));
    assertTrue(why.startsWith("cert: Error loading certificate. "), why);
    assertTrue(why.endsWith(reason), why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere.pem", "a-key.pem"})
  void missingClientAuthoritiesFail(String file) throws Exception {
    String why = failure(Fixtures.file("a").clientCa(Fixtures.path(file)));
    assertTrue(why.startsWith("Failed to create TLS config for cert source test. "), why);
    assertTrue(why.contains(file), why);
  }

  @Test
  void anEmptyDirectoryOfClientAuthoritiesFails() throws Exception {
    String why = failure(Fixtures.source("path", directory).clientCa(directory));
    assertEquals(
        "Failed to create TLS config for cert source test. clientca="
            + directory
            + " has no certificate",
        why);
  }

  @Test
  void aListenerDoesNotOpenBeforeTheClientAuthoritiesAreThere() {
    Fixtures.Source settings = Fixtures.file("a").clientCa(Fixtures.path("ca.crt"));
    CertificateSource notStarted = source(settings);
    assertThrows(
        BadCertificate.class,
        () -> TlsServer.of(Fixtures.listener(settings).settings(), notStarted));
  }

  @Test
  void aDirectoryOfClientAuthoritiesIsReadWhole() throws Exception {
    Files.copy(Fixtures.path("ca.crt"), directory.resolve("one.pem"));
    Files.copy(Fixtures.path("gateway.crt"), directory.resolve("two.pem"));
    CertificateSource source = source(Fixtures.source("path", directory).clientCa(directory));
    TlsTestServer.await(source.start());
    assertEquals(2, source.clientAuthorities().size());
  }

  @Test
  void anEmptyDirectoryStartsAndSaysWhatThatMeans() {
    CertificateSource source = source(Fixtures.source("path", directory.resolve("nowhere")));
    TlsTestServer.await(source.start());
    assertTrue(source.current().isEmpty());
    assertEquals(List.of(), source.clientAuthorities());
    assertEquals(
        List.of("WARNING cert: test: has no certificates, so that every handshake will fail"),
        log.alarms());
  }

  @Test
  void whatItHadStaysWhenTheDirectoryGoes() throws Exception {
    Path certificates = Files.createDirectory(directory.resolve("certs"));
    Files.copy(Fixtures.path("both.pem"), certificates.resolve("a.pem"));
    CertificateSource source = source(Fixtures.source("path", certificates));
    TlsTestServer.await(source.start());
    Files.delete(certificates.resolve("a.pem"));
    Files.delete(certificates);
    Eventually.within(Duration.ofSeconds(20))
        .await("the warning", () -> !log.lines("any more; those it had stay in use").isEmpty());
    assertEquals(1, source.current().all().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h:8500/kv/x", "h:8500/v1/kv/x", "ht tp://h/v1/kv/x", "/v1/kv/x"})
  void aConsulAddressOfAnotherFormIsRefused(String address) {
    BadCertificate refusal =
        assertThrows(BadCertificate.class, () -> source(Fixtures.source("consul", address)));
    assertEquals("a Consul source needs http://HOST:PORT/v1/kv/PREFIX", refusal.getMessage());
  }
}
