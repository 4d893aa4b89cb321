package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Eventually;
import io.tagway.testkit.LogCapture;
import io.tagway.testkit.SClient;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that Vault issues when somebody asks for a name. */
class VaultPkiIT {
  private static final String ISSUE = "POST pki/issue/web";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  private final LogCapture log = new LogCapture();

  @SuppressWarnings("NullAway.Init") // set before each test
  private VaultServer vault;

  @BeforeEach
  void openVault() throws Exception {
    vault = new VaultServer(directory);
    vault.token("s.token", Duration.ofHours(1));
  }

  @AfterEach
  void close() {
    log.close();
    vault.close();
  }

  private TlsTestServer open() {
    return TlsTestServer.http(
        Fixtures.listener(Fixtures.source("vault-pki", "pki/issue/web").refresh(Duration.ZERO)),
        TlsEngine.best(),
        name -> !name.startsWith("unwanted."),
        Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", "s.token"));
  }

  private static String get(TlsTestServer server, String name) {
    return SClient.get(server.port(), "-servername", name);
  }

  private static void assertServed(String output, String name) {
    assertTrue(output.contains("subject=CN = " + name), output);
    assertTrue(output.contains("HTTP_1_1 /x"), output);
  }

  @Test
  void issuesOnceForAName() {
    try (TlsTestServer server = open()) {
      String first = get(server, "one.test");
      assertServed(first, "one.test");
      assertTrue(first.contains("i:CN = Test_Issuing_CA"), first);
      assertServed(get(server, "one.test"), "one.test");
      assertServed(get(server, "ONE.test"), "one.test");
      assertEquals(1, vault.count(ISSUE));
      assertServed(get(server, "two.test"), "two.test");
      assertEquals(2, vault.count(ISSUE));
      assertEquals(List.of(), log.alarms());
    }
  }

  @Test
  void issuesOnceForManyAtTheSameTime() {
    try (TlsTestServer server = open()) {
      List<CompletableFuture<String>> clients =
          IntStream.range(0, 12)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> get(server, "many.test")))
              .toList();
      clients.forEach(client -> assertServed(client.join(), "many.test"));
      assertEquals(1, vault.count(ISSUE));
    }
  }

  @Test
  void doesNotAskVaultForNamesThatNobodyServes() {
    try (TlsTestServer server = open()) {
      for (String name : List.of("unwanted.test", "192.0.2.1", "-x.test")) {
        String output = get(server, name);
        assertTrue(output.contains("unrecognized name"), output);
      }
      assertTrue(SClient.get(server.port(), "-noservername").contains("unrecognized name"));
      assertEquals(0, vault.count(ISSUE));
    }
  }

  @Test
  void doesNotAskAgainAtOnceWhatVaultRefused() {
    try (TlsTestServer server = open()) {
      for (int i = 0; i < 5; i++) {
        assertTrue(get(server, "x.refused").contains("unrecognized name"));
      }
      assertEquals(1, vault.count(ISSUE));
      assertEquals(
          List.of(
              "WARNING cert: test: no certificate for x.refused: Vault answered 400 to POST"
                  + " pki/issue/web: common name x.refused not allowed by this role"),
          log.alarms());
    }
  }

  @Test
  void aShortLifeIsNoLoop() {
    vault.certificateLife = Duration.ofMinutes(30);
    try (TlsTestServer server = open()) {
      assertServed(get(server, "short.test"), "short.test");
      for (int i = 0; i < 10; i++) {
        assertServed(get(server, "short.test"), "short.test");
      }
      assertEquals(1, vault.count(ISSUE));
    }
  }

  @Test
  void renewsBeforeTheEndWhatIsUsed() {
    vault.certificateLife = Duration.ofSeconds(8);
    try (TlsTestServer server = open()) {
      assertServed(get(server, "used.test"), "used.test");
      assertServed(get(server, "used.test"), "used.test");
      String alias = server.source.current().all().get(0).alias();
      Eventually.within(Duration.ofSeconds(7))
          .await("a second certificate", () -> vault.count(ISSUE) == 2);
      server.awaitCertificates(
          "the new one", now -> !now.isEmpty() && !now.all().get(0).alias().equals(alias));
      assertNotEquals(alias, server.source.current().all().get(0).alias());
      assertServed(get(server, "used.test"), "used.test");
    }
  }

  @Test
  void forgetsWhatNobodyAskedForAgain() {
    vault.certificateLife = Duration.ofSeconds(4);
    try (TlsTestServer server = open()) {
      assertServed(get(server, "once.test"), "once.test");
      server.awaitCertificates("nothing", Certificates::isEmpty);
      assertEquals(1, vault.count(ISSUE));
    }
  }

  @Test
  void goesOnWithTheOldOneWhileVaultIsAway() {
    vault.certificateLife = Duration.ofSeconds(20);
    try (TlsTestServer server = open()) {
      assertServed(get(server, "kept.test"), "kept.test");
      Future<Void> again = server.source.prepare("kept.test");
      assertTrue(again.isComplete());
      vault.sealed = true;
      assertServed(get(server, "kept.test"), "kept.test");
      assertTrue(get(server, "fresh.test").contains("unrecognized name"));
      assertFalse(server.source.current().isEmpty());
    }
  }
}
