package io.tagway.listeners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.SClient;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.UpstreamProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS listeners as {@code openssl s_client} meets them; each has an address of its own. */
class TlsListenersIT {
  private static final Path FIXTURES = Path.of("src/test/resources/tls");
  private static final String REQUEST =
      "GET /x HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
  private static final String ANSWER = "the upstream";

  private static final String PLAIN = "127.0.0.1";
  private static final String OLD = "127.0.0.2";
  private static final String NEW = "127.0.0.3";
  private static final String SUITES = "127.0.0.4";
  private static final String STRICT = "127.0.0.5";
  private static final String CLIENTS = "127.0.0.6";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static UpstreamProcess upstream;

  @SuppressWarnings("NullAway.Init")
  private static TagwayProcess tagway;

  @BeforeAll
  static void start() throws Exception {
    for (String stem : List.of("a", "b", "wild")) {
      for (String part : List.of("-cert.pem", "-key.pem")) {
        Files.copy(FIXTURES.resolve(stem + part), directory.resolve(stem + part));
      }
    }
    upstream = UpstreamProcess.start(ANSWER);
    String pair = ";type=file;cert=" + FIXTURES + "/a-cert.pem;key=" + FIXTURES + "/a-key.pem";
    tagway =
        TagwayProcess.start(
            List.of(
                "-insecure",
                "-registry.backend=static",
                "-registry.static.routes=route add svc / http://127.0.0.1:" + upstream.port() + "/",
                "-ui.addr=127.0.0.7:0;cs=one",
                "-proxy.cs=cs=one"
                    + pair
                    + ",cs=many;type=path;cert="
                    + directory
                    + ",cs=known"
                    + pair
                    + ";clientca="
                    + FIXTURES
                    + "/ca.crt",
                "-proxy.addr="
                    + String.join(
                        ",",
                        PLAIN + ":0;cs=many",
                        OLD + ":0;cs=one;tlsmax=tls12",
                        NEW + ":0;cs=one;tlsmin=tls13",
                        SUITES
                            + ":0;cs=one;tlsmax=tls12"
                            + ";tlsciphers=\"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,"
                            + "ECDHE-ECDSA-CHACHA20-POLY1305\"",
                        STRICT + ":0;cs=many;strictmatch=true",
                        CLIENTS + ":0;cs=known")));
    tagway.proxyPort(CLIENTS);
  }

  @AfterAll
  static void stop() {
    String log = tagway.log();
    tagway.close();
    upstream.close();
    assertTrue(!log.contains("Exception") && !log.contains("\tat "), log);
  }

  private static String talk(String host, String... arguments) {
    return SClient.talk(REQUEST, host + ":" + tagway.proxyPort(host), arguments);
  }

  private static void assertServed(String output) {
    assertTrue(output.contains("HTTP/1.1 200 OK") && output.contains(ANSWER), output);
  }

  private static void assertRefused(String output, String alert) {
    assertTrue(output.contains(alert) && !output.contains("HTTP/1.1"), output);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, -tls1_2",
    "127.0.0.1, -tls1_3",
    "127.0.0.2, -tls1_2",
    "127.0.0.3, -tls1_3"
  })
  void versionsInRangeAreServed(String host, String version) {
    String output = talk(host, version);
    assertServed(output);
    assertTrue(output.contains("New, TLSv1." + version.charAt(6)), output);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, -tls1_1", "127.0.0.2, -tls1_3", "127.0.0.3, -tls1_2"})
  void versionsOutOfRangeAreRefused(String host, String version) {
    assertRefused(talk(host, version, "-cipher", "ALL:@SECLEVEL=0"), "alert protocol version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"})
  void listedSuitesAreSpoken(String suite) {
    String output = talk(SUITES, "-cipher", suite);
    assertServed(output);
    assertTrue(output.contains("New, TLSv1.2, Cipher is " + suite), output);
  }

  @Test
  void otherSuitesAreRefused() {
    assertRefused(
        talk(SUITES, "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"), "alert handshake failure");
  }

  @ParameterizedTest
  @CsvSource({"b.test, b.test", "x.wild.test, wild.test", "a.test, a.test", "other.test, a.test"})
  void theNameChoosesTheCertificate(String name, String subject) {
    String output = talk(PLAIN, "-servername", name);
    assertServed(output);
    assertTrue(output.contains("subject=CN = " + subject + "\n"), output);
  }

  @Test
  void aStrictListenerHasNothingForOtherNames() {
    assertServed(talk(STRICT, "-servername", "b.test"));
    assertRefused(talk(STRICT, "-servername", "other.test"), "tlsv1 unrecognized name");
    assertRefused(talk(STRICT, "-noservername"), "tlsv1 unrecognized name");
  }

  @Test
  void clientsShowACertificateOfTheAuthority() {
    assertServed(
        talk(CLIENTS, "-cert", FIXTURES + "/client.crt", "-key", FIXTURES + "/client.key"));
    assertRefused(talk(CLIENTS, "-tls1_2"), "alert");
    assertRefused(
        talk(
            CLIENTS,
            "-tls1_2",
            "-cert",
            FIXTURES + "/stranger.crt",
            "-key",
            FIXTURES + "/stranger.key"),
        "alert");
  }

  /** Connections are dealt out to the event loops in turn, so that each of them meets a ticket. */
  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void sessionsAreResumedOnEveryEventLoop(String version) {
    Path session = directory.resolve("session" + version);
    assertServed(talk(PLAIN, version, "-sess_out", session.toString()));
    List<String> resumed = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String output = talk(PLAIN, version, "-sess_in", session.toString());
      assertServed(output);
      resumed.add(output.contains("\nReused, TLSv1.") ? "reused" : "new");
    }
    assertEquals(java.util.Collections.nCopies(6, "reused"), resumed);
  }

  @Test
  void httpIsOfferedByAlpn() {
    String output = talk(PLAIN, "-alpn", "http/1.1");
    assertServed(output);
    assertTrue(output.contains("ALPN protocol: http/1.1"), output);
  }

  @Test
  void theUiSpeaksTlsToo() {
    String output =
        SClient.talk(
            "GET /health HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n",
            "127.0.0.7:" + tagway.adminPort());
    assertTrue(output.contains("HTTP/1.1 200 OK") && output.contains("\nOK\n"), output);
  }
}
