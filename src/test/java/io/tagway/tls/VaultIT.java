package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Eventually;
import io.tagway.testkit.LogCapture;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The KV store of Vault as a source, and what becomes of its tokens. */
class VaultIT {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> environment = new HashMap<>();
  private final LogCapture log = new LogCapture();

  @SuppressWarnings("NullAway.Init") // set before each test
  private VaultServer vault;

  @BeforeEach
  void openVault() throws Exception {
    vault = new VaultServer(directory);
    environment.put("VAULT_ADDR", vault.address());
    environment.put("VAULT_TOKEN", "s.plain");
    vault.token("s.plain", HOUR);
  }

  @AfterEach
  void close() {
    log.close();
    vault.close();
    TlsTestServer.await(vertx.close());
  }

  private CertificateSource open(Fixtures.Source source) {
    CertificateSource opened = CertificateSource.of(vertx, source.settings(), environment);
    TlsTestServer.await(opened.start());
    return opened;
  }

  private static List<String> files(CertificateSource source) {
    return source.current().all().stream().map(ServerCertificate::file).toList();
  }

  private static void awaitFiles(CertificateSource source, String... files) {
    Eventually.within(Duration.ofSeconds(20))
        .await(List.of(files).toString(), () -> files(source).equals(List.of(files)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kv1/certs", "secret/certs", "/secret/certs/"})
  void readsBothVersionsOfTheStore(String path) {
    String store = path.replaceAll("^/|/$", "");
    vault.write(store + "/a", "a");
    vault.write(store + "/b", "b");
    vault.write(store + "/folder/c", "rsa");
    CertificateSource source = open(Fixtures.source("vault", path));
    assertEquals(List.of("a-cert.pem", "b-cert.pem"), files(source));
    vault.write(store + "/wild", "wild");
    awaitFiles(source, "a-cert.pem", "b-cert.pem", "wild-cert.pem");
    assertEquals(List.of(), log.alarms());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kv1", "secret"})
  void readsAStoreThatIsAWholeMount(String mount) {
    vault.write(mount + "/a", "a");
    assertEquals(List.of("a-cert.pem"), files(open(Fixtures.source("vault", mount))));
  }

  @Test
  void anEmptyStoreIsNoFailure() {
    CertificateSource source = open(Fixtures.source("vault", "secret/certs"));
    assertTrue(source.current().isEmpty());
    assertEquals(1, log.lines("has no certificates, so that every handshake will fail").size());
    vault.write("secret/certs/a", "a");
    awaitFiles(source, "a-cert.pem");
  }

  @Test
  void oneBadSecretDoesNotTouchTheOthers() {
    vault.write("secret/certs/a", "a");
    vault.write("secret/certs/b", new JsonObject().put("cert", Fixtures.text("b-cert.pem")));
    vault.softDelete("secret/certs/c");
    CertificateSource source = open(Fixtures.source("vault", "secret/certs"));
    assertEquals(List.of("a-cert.pem"), files(source));
    assertEquals(
        List.of(
            "WARNING cert: test: skipped b-cert.pem: its key b-key.pem is missing",
            "WARNING cert: test: skipped c-cert.pem: Vault answered 404 to GET"
                + " secret/data/certs/c"),
        log.alarms());
  }

  @Test
  void keepsWhatItHadWhileVaultIsSealed() {
    vault.write("secret/certs/a", "a");
    CertificateSource source = open(Fixtures.source("vault", "secret/certs"));
    vault.sealed = true;
    int before = vault.requests.size();
    Eventually.within(Duration.ofSeconds(20))
        .await("two more tries", () -> vault.requests.size() >= before + 3);
    assertEquals(List.of("a-cert.pem"), files(source));
    assertEquals(
        List.of(
            "WARNING cert: test: Vault answered 503 to LIST certs: Vault is sealed"
                + "; the certificates it had stay in use"),
        log.alarms().stream().map(line -> line.replace("secret/", "")).toList());
    vault.sealed = false;
    Eventually.within(Duration.ofSeconds(20))
        .await("works again", () -> !log.lines("works again").isEmpty());
  }

  @Test
  void sendsTheNamespace() {
    environment.put("VAULT_NAMESPACE", "team/edge");
    open(Fixtures.source("vault", "secret/certs"));
    assertEquals(List.of("team/edge"), vault.namespaces.stream().distinct().toList());
  }

  @Test
  void startsWithoutVaultAndTriesOn() {
    environment.put("VAULT_ADDR", "http://127.0.0.1:1");
    CertificateSource source = open(Fixtures.source("vault", "secret/certs"));
    assertTrue(source.current().isEmpty());
    assertEquals(1, log.lines("Vault http://127.0.0.1:1 cannot be asked").size());
  }

  @Test
  void saysWhenThereIsNoToken() {
    environment.remove("VAULT_TOKEN");
    open(Fixtures.source("vault", "secret/certs"));
    assertEquals(1, log.lines("there is no Vault token in the variable VAULT_TOKEN").size());
  }

  @Test
  void readsTheTokenFromAnotherVariable() {
    environment.remove("VAULT_TOKEN");
    environment.put("OTHER", "s.plain\n");
    vault.write("secret/certs/a", "a");
    CertificateSource source =
        open(Fixtures.source("vault", "secret/certs").fetchToken("env:OTHER"));
    assertEquals(List.of("a-cert.pem"), files(source));
  }

  @Test
  void readsTheTokenFileAgainAtEachUse() throws Exception {
    Path file = directory.resolve("token");
    vault.write("secret/certs/a", "a");
    CertificateSource source =
        open(Fixtures.source("vault", "secret/certs").fetchToken("file:" + file));
    assertEquals(1, log.lines("the Vault token cannot be read from the file").size());
    Files.writeString(file, "s.first\n");
    vault.token("s.first", HOUR);
    awaitFiles(source, "a-cert.pem");
    vault.revoke("s.first");
    Files.writeString(file, "s.second\n");
    vault.token("s.second", HOUR);
    vault.write("secret/certs/b", "b");
    awaitFiles(source, "a-cert.pem", "b-cert.pem");
  }

  @Test
  void unwrapsAWrappedTokenOnceAndNeverShowsIt() {
    environment.put("VAULT_TOKEN", "s.wrapping");
    vault.wrap("s.wrapping", "s.inner-secret");
    vault.token("s.inner-secret", HOUR);
    vault.write("secret/certs/a", "a");
    CertificateSource source = open(Fixtures.source("vault", "secret/certs"));
    vault.write("secret/certs/b", "b");
    awaitFiles(source, "a-cert.pem", "b-cert.pem");
    assertEquals(1, vault.count("POST sys/wrapping/unwrap"));
    vault.revoke("s.inner-secret");
    Eventually.within(Duration.ofSeconds(20))
        .await("a refusal", () -> !log.lines("permission denied").isEmpty());
    assertEquals(List.of(), log.lines("s.wrapping"));
    assertEquals(List.of(), log.lines("s.inner-secret"));
  }

  @Test
  void renewsTheTokenAtHalfOfItsLife() {
    environment.put("VAULT_TOKEN", "s.short");
    vault.token("s.short", Duration.ofSeconds(4));
    vault.write("secret/certs/a", "a");
    CertificateSource source = open(Fixtures.source("vault", "secret/certs"));
    Eventually.within(Duration.ofSeconds(20))
        .await("three renewals", () -> vault.count("POST auth/token/renew-self") >= 3);
    assertTrue(vault.isAlive("s.short"));
    assertEquals(List.of(), log.alarms());
    TlsTestServer.await(source.close());
  }

  @Test
  void readsClientAuthorities() {
    vault.write("secret/certs/a", "a");
    vault.write("secret/ca/one", new JsonObject().put("cert", Fixtures.text("ca.crt")));
    CertificateSource source = open(Fixtures.source("vault", "secret/certs").clientCa("secret/ca"));
    assertEquals(1, source.clientAuthorities().size());
  }

  @Test
  void refusesToStartWithoutTheClientAuthorities() {
    vault.write("secret/certs/a", "a");
    CertificateSource source =
        CertificateSource.of(
            vertx,
            Fixtures.source("vault", "secret/certs").clientCa("secret/ca").settings(),
            environment);
    AssertionError failure =
        assertThrows(AssertionError.class, () -> TlsTestServer.await(source.start()));
    assertTrue(
        String.valueOf(failure.getMessage())
            .contains(
                "Failed to create TLS config for cert source test."
                    + " clientca=secret/ca has no certificate"),
        failure.getMessage());
    assertFalse(vault.requests.isEmpty());
  }
}
