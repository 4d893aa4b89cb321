package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.LogCapture;
import io.tagway.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent over https: whom the router trusts, and how it shows who it is itself. */
class ConsulTlsIT {
  private static final String UNKNOWN =
      "TLS failed: the certificate is signed by no CA that is trusted here";

  private static final Duration LIFE = Duration.ofDays(1);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  static Path home;

  @SuppressWarnings("NullAway.Init")
  private static ConsulProcess open;

  @SuppressWarnings("NullAway.Init")
  private static ConsulProcess closed;

  @SuppressWarnings("NullAway.Init")
  private static ConsulProcess otherName;

  @BeforeAll
  static void startConsul() throws IOException {
    Path ca = home.resolve("ca").resolve("ca.pem");
    TestAuthority authority = new TestAuthority(home.resolve("ca"));
    write("agent", authority.issue("agent", "DNS:localhost", LIFE));
    write("other", authority.issue("other", "DNS:other.test", LIFE));
    write("client", authority.issue("client", LIFE));
    write("stranger", new TestAuthority(home.resolve("strange")).issue("client", LIFE));
    Files.createDirectories(home.resolve("trusted"));
    Files.copy(ca, home.resolve("trusted").resolve("ours.pem"));
    Files.copy(
        home.resolve("strange").resolve("ca.pem"), home.resolve("trusted").resolve("another.pem"));
    open = ConsulProcess.devWithTls(tls("agent", ca, false));
    closed = ConsulProcess.devWithTls(tls("agent", ca, true));
    otherName = ConsulProcess.devWithTls(tls("other", ca, false));
    for (ConsulProcess consul : List.of(open, closed, otherName)) {
      consul.register("a-1", "a", 9001, "urlprefix-/v1");
    }
  }

  private static void write(String stem, TestAuthority.Issued issued) throws IOException {
    Files.writeString(home.resolve(stem + ".pem"), issued.certificate());
    Files.writeString(home.resolve(stem + ".key"), issued.key());
  }

  private static ConsulProcess.Tls tls(String stem, Path ca, boolean clientsToo) {
    return new ConsulProcess.Tls(
        home.resolve(stem + ".pem"), home.resolve(stem + ".key"), ca, clientsToo);
  }

  @AfterAll
  static void endConsul() {
    open.close();
    closed.close();
    otherName.close();
  }

  private static String[] at(ConsulProcess consul, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-registry.consul.addr=" + consul.httpsAddress());
    for (String argument : more) {
      arguments.add("-registry.consul.tls." + argument.replace("HOME", home.toString()));
    }
    return arguments.toArray(String[]::new);
  }

  private static void works(ConsulProcess consul, String... more) {
    try (RegistryUnderTest registry = RegistryUnderTest.of(at(consul, more))) {
      registry.start();
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
    }
  }

  /** Does not start, and says why. */
  private static void refused(String why, ConsulProcess consul, String... more) {
    List<String> arguments = new ArrayList<>(List.of(at(consul, more)));
    arguments.add("-registry.timeout=1s");
    arguments.add("-registry.retry=100ms");
    try (LogCapture log = new LogCapture();
        RegistryUnderTest registry = RegistryUnderTest.of(arguments.toArray(String[]::new))) {
      IllegalStateException failed = assertThrows(IllegalStateException.class, registry::start);
      assertTrue(
          String.valueOf(failed.getCause()).contains("Timeout registering backend"),
          failed.toString());
      List<String> lines = log.lines("Error initializing backend. ");
      // With TLS 1.3 the agent may have closed before its alert is read.
      assertTrue(lines.stream().anyMatch(line -> line.contains(why)), lines.toString());
    }
  }

  @Test
  void theCaFileIsTrusted() {
    works(open, "cafile=HOME/ca/ca.pem");
  }

  @Test
  void allFilesOfTheCaDirectoryAreTrusted() {
    works(open, "capath=HOME/trusted");
  }

  @Test
  void theFileWinsOverTheDirectory() {
    refused(UNKNOWN, open, "cafile=HOME/strange/ca.pem", "capath=HOME/trusted");
  }

  @Test
  void whatTheMachineTrustsIsTrusted() {
    String ours = home.resolve("ca").resolve("ca.pem").toString();
    try (RegistryUnderTest registry =
        RegistryUnderTest.with(Map.of("SSL_CERT_FILE", ours), at(open))) {
      registry.start();
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
    }
  }

  @Test
  void anAgentOfNoTrustedCaIsNotAsked() {
    refused(UNKNOWN, open);
  }

  @Test
  void anAgentWithAnotherNameIsNotAsked() {
    refused(
        "TLS failed: No subject alternative DNS name matching localhost found.",
        otherName,
        "cafile=HOME/ca/ca.pem");
  }

  @Test
  void withoutVerificationAnyAgentIsAsked() {
    works(otherName, "insecureskipverify=true");
  }

  @Test
  void aChangeIsSeenOverHttps() {
    try (RegistryUnderTest registry = RegistryUnderTest.of(at(open, "cafile=HOME/ca/ca.pem"))) {
      registry.start();
      open.register("b-1", "b", 9002, "urlprefix-/b");
      registry.awaitDestinations("/b", "http://127.0.0.1:9002/");
      open.deregister("b-1");
      registry.awaitDestinations("/b");
    }
  }

  @Test
  void theClientCertificateIsShown() {
    works(closed, "cafile=HOME/ca/ca.pem", "certfile=HOME/client.pem", "keyfile=HOME/client.key");
  }

  @Test
  void anAgentThatAsksForACertificateIsNotAskedWithoutAGoodOne() {
    refused("TLS failed: Received fatal alert: bad_certificate", closed, "cafile=HOME/ca/ca.pem");
    refused(
        "TLS failed: Received fatal alert: bad_certificate",
        closed,
        "cafile=HOME/ca/ca.pem",
        "certfile=HOME/stranger.pem",
        "keyfile=HOME/stranger.key");
  }

  @Test
  void filesThatCannotBeUsedAreNamed() {
    String missing = home.resolve("missing").toString();
    for (String[] options :
        new String[][] {
          {"cafile=" + missing},
          {"capath=" + missing},
          {"certfile=" + missing, "keyfile=HOME/client.key"},
          {"keyfile=" + missing, "certfile=HOME/client.pem"}
        }) {
      String option = options[0].substring(0, options[0].indexOf('='));
      assertEquals(
          "Consul cannot be asked: registry.consul.tls."
              + option
              + ": open "
              + missing
              + ": no such file or directory",
          assertThrows(RuntimeException.class, () -> RegistryUnderTest.of(at(open, options)))
              .getMessage());
    }
  }

  @Test
  void aCertificateNeedsItsKey() {
    assertEquals(
        "Consul cannot be asked: registry.consul.tls.certfile and registry.consul.tls.keyfile go"
            + " together",
        assertThrows(
                RuntimeException.class,
                () -> RegistryUnderTest.of(at(closed, "certfile=HOME/client.pem")))
            .getMessage());
  }
}
