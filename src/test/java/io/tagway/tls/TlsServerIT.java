package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Busy;
import io.tagway.testkit.LogCapture;
import io.tagway.testkit.SClient;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client of another make sees: versions, suites, names, client certificates, sessions. */
class TlsServerIT {
  private static final Fixtures.Listener A = Fixtures.listener(Fixtures.file("a"));
  private static final Fixtures.Listener RSA = Fixtures.listener(Fixtures.file("rsa"));
  private static final Pattern SUBJECT = Pattern.compile("subject=CN = (\\S+)");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  private static void assertServed(String output) {
    assertTrue(output.contains("HTTP_1_1 /x"), output);
  }

  private static void assertRefused(String output) {
    assertFalse(output.contains("HTTP_1_1 /x"), output);
    // By an alert, or because the answer is not what the client can do.
    assertTrue(output.contains("alert") || output.contains("unsupported protocol"), output);
  }

  private static String subject(String output) {
    Matcher matcher = SUBJECT.matcher(output);
    return matcher.find() ? matcher.group(1) : output;
  }

  private Fixtures.Source path(String... stems) throws Exception {
    for (String stem : stems) {
      for (String kind : List.of("-cert.pem", "-key.pem")) {
        Files.copy(Fixtures.path(stem + kind), directory.resolve(stem + kind));
      }
    }
    return Fixtures.source("path", directory);
  }

  @ParameterizedTest(name = "tlsmin {0}, tlsmax {1}, {2}: {3}")
  @CsvSource({
    "0, 0, -tls1_1, false",
    "0, 0, -tls1_2, true",
    "0, 0, -tls1_3, true",
    "0x0301, 0, -tls1, true",
    "0x0301, 0, -tls1_1, true",
    "0x0301, 0, -tls1_3, true",
    "0x0302, 0, -tls1, false",
    "0x0304, 0, -tls1_2, false",
    "0, 0x0303, -tls1_3, false",
    "0, 0x0303, -tls1_2, true",
    "0x0302, 0x0302, -tls1_1, true",
    "0x0302, 0x0302, -tls1_2, false"
  })
  void speaksTheVersionsThatAreConfigured(String min, String max, String client, boolean served) {
    Fixtures.Listener listener = RSA.versions(Integer.decode(min), Integer.decode(max));
    try (TlsTestServer server = TlsTestServer.http(listener)) {
      String output = SClient.get(server.port(), client, "-cipher", "DEFAULT@SECLEVEL=0");
      if (served) {
        assertServed(output);
      } else {
        assertRefused(output);
      }
    }
  }

  @ParameterizedTest(name = "{0} with a client that has {1}: {2}")
  @CsvSource({
    "0xc030, ECDHE-RSA-AES256-GCM-SHA384, true",
    "0xc030, ECDHE-RSA-AES128-GCM-SHA256, false",
    "0x002f, AES128-SHA, true",
    "0xc013, ECDHE-RSA-AES128-SHA, true",
    "0xcca8, ECDHE-RSA-CHACHA20-POLY1305, true",
    // BoringSSL does not have it, so that the JDK steps in.
    "0xc027, ECDHE-RSA-AES128-SHA256, true"
  })
  void speaksTheSuitesThatAreConfigured(String value, String client, boolean served) {
    try (TlsTestServer server =
        TlsTestServer.http(
            RSA.ciphers(Integer.decode(value)),
            TlsRules.of(RSA.ciphers(Integer.decode(value)).settings()).engine())) {
      String output = SClient.get(server.port(), "-tls1_2", "-cipher", client);
      if (served) {
        assertServed(output);
        assertTrue(output.contains("Cipher is " + client), output);
      } else {
        assertRefused(output);
      }
      assertServed(SClient.get(server.port(), "-tls1_3"));
    }
  }

  @ParameterizedTest(name = "{0} with the key {1}, {2}")
  @CsvSource({
    "OPENSSL, rsa, -tls1_2",
    "OPENSSL, rsa, -tls1_3",
    "OPENSSL, p384, -tls1_2",
    "OPENSSL, p384, -tls1_3",
    "OPENSSL, ed, -tls1_2",
    "OPENSSL, ed, -tls1_3",
    "JDK, rsa, -tls1_2",
    "JDK, rsa, -tls1_3",
    "JDK, p384, -tls1_2",
    "JDK, p384, -tls1_3",
    "JDK, ed, -tls1_2",
    "JDK, ed, -tls1_3"
  })
  void servesEachKindOfKey(TlsEngine engine, String stem, String version) {
    try (TlsTestServer server =
        TlsTestServer.http(Fixtures.listener(Fixtures.file(stem)), engine)) {
      String output = SClient.get(server.port(), version);
      assertServed(output);
      assertEquals(stem + ".test", subject(output));
    }
  }

  @Test
  void prefersItsOwnOrder() {
    try (TlsTestServer server = TlsTestServer.http(RSA.ciphers(0xc030, 0xc02f))) {
      String output =
          SClient.get(
              server.port(),
              "-tls1_2",
              "-cipher",
              "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384");
      assertTrue(output.contains("Cipher is ECDHE-RSA-AES256-GCM-SHA384"), output);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void choosesTheCertificateByName(TlsEngine engine) throws Exception {
    try (TlsTestServer server =
        TlsTestServer.http(Fixtures.listener(path("a", "b", "rsa", "wild")), engine)) {
      int port = server.port();
      assertEquals("a.test", subject(SClient.get(port, "-servername", "a.test")));
      assertEquals("b.test", subject(SClient.get(port, "-servername", "x.b.test")));
      assertEquals("b.test", subject(SClient.get(port, "-servername", "B2.test")));
      assertEquals("rsa.test", subject(SClient.get(port, "-servername", "rsa.test", "-tls1_2")));
      assertEquals("wild.test", subject(SClient.get(port, "-servername", "x.wild.test")));
      assertEquals("a.test", subject(SClient.get(port, "-servername", "other.invalid")));
      assertEquals("a.test", subject(SClient.get(port, "-noservername")));
      if (engine == TlsEngine.OPENSSL) {
        // The JDK refuses such names before anybody is asked.
        assertEquals("b.test", subject(SClient.get(port, "-servername", "x_y.b.test")));
        assertEquals("b.test", subject(SClient.get(port, "-servername", "b.test.")));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void refusesOtherNamesWithStrictMatch(TlsEngine engine) throws Exception {
    try (LogCapture log = new LogCapture();
        TlsTestServer server =
            TlsTestServer.http(Fixtures.listener(path("a", "b")).strictMatch(), engine)) {
      int port = server.port();
      assertServed(SClient.get(port, "-servername", "b.test"));
      for (String version : List.of("-tls1_2", "-tls1_3")) {
        for (List<String> name :
            List.of(List.of("-servername", "other.invalid"), List.of("-noservername"))) {
          List<String> arguments = new ArrayList<>(name);
          arguments.add(version);
          String output = SClient.get(port, arguments.toArray(new String[0]));
          assertTrue(output.contains("unrecognized name"), output);
        }
      }
      assertEquals(List.of(), log.alarms());
    }
  }

  @Test
  void offersHttp2AndHttp1() {
    try (TlsTestServer server = TlsTestServer.http(A)) {
      String both = SClient.connect(server.port(), "-alpn", "h2,http/1.1");
      assertTrue(both.contains("ALPN protocol: h2"), both);
      String old = SClient.get(server.port(), "-alpn", "http/1.1");
      assertTrue(old.contains("ALPN protocol: http/1.1"), old);
      assertServed(SClient.get(server.port()));
      assertServed(SClient.get(server.port(), "-alpn", "unheard-of"));
    }
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void asksForClientCertificates(TlsEngine engine) {
    Fixtures.Source source = Fixtures.file("a").clientCa(Fixtures.path("ca.crt"));
    try (LogCapture log = new LogCapture();
        TlsTestServer server = TlsTestServer.http(Fixtures.listener(source), engine)) {
      for (String version : List.of("-tls1_2", "-tls1_3")) {
        assertServed(SClient.get(server.port(), client("client", version)));
        assertRefused(SClient.get(server.port(), version));
        String stranger = SClient.get(server.port(), client("stranger", version));
        assertRefused(stranger);
        // The JDK has one alert for all that is wrong with a certificate.
        String alert = engine == TlsEngine.JDK ? "alert certificate unknown" : "alert unknown ca";
        assertTrue(stranger.contains(alert), stranger);
        assertRefused(SClient.get(server.port(), client("serveronly", version)));
      }
      String output = SClient.get(server.port(), client("client", "-tls1_2"));
      assertTrue(output.contains("Acceptable client certificate CA names"), output);
      assertTrue(output.contains("CN = Test Client CA"), output);
      assertEquals(List.of(), log.alarms());
    }
  }

  @Test
  void takesAnApiGatewayForACaIfToldSo() {
    Fixtures.Source source = Fixtures.file("a").clientCa(Fixtures.path("gateway.crt"));
    try (TlsTestServer server = TlsTestServer.http(Fixtures.listener(source))) {
      assertRefused(SClient.get(server.port(), client("gated", "-tls1_3")));
    }
    try (TlsTestServer server =
        TlsTestServer.http(Fixtures.listener(source.upgradeCn("ApiGateway")))) {
      assertServed(SClient.get(server.port(), client("gated", "-tls1_3")));
    }
  }

  private static String[] client(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(
        List.of(
            "-cert",
            Fixtures.path(name + ".crt").toString(),
            "-key",
            Fixtures.path(name + ".key").toString()));
    return arguments.toArray(new String[0]);
  }

  /** Servers of four event loops take turns, so that each gets two of eight connections. */
  @ParameterizedTest(name = "{0} {1}, client certificate {2}")
  @CsvSource({
    "OPENSSL, -tls1_2, false",
    "OPENSSL, -tls1_3, false",
    "OPENSSL, -tls1_2, true",
    "OPENSSL, -tls1_3, true",
    "JDK, -tls1_2, false",
    "JDK, -tls1_3, false"
  })
  void resumesSessionsOnEveryEventLoop(TlsEngine engine, String version, boolean authenticated) {
    Fixtures.Source source =
        authenticated ? Fixtures.file("a").clientCa(Fixtures.path("ca.crt")) : Fixtures.file("a");
    String session = directory.resolve("session").toString();
    List<String> common = new ArrayList<>(List.of(version));
    if (authenticated) {
      common.addAll(List.of(client("client")));
    }
    try (TlsTestServer server = TlsTestServer.http(Fixtures.listener(source), engine)) {
      String first = get(server, common, "-sess_out", session);
      assertTrue(first.contains("New, TLSv1."), first);
      for (int i = 0; i < 2 * TlsTestServer.LOOPS; i++) {
        String next = get(server, common, "-sess_in", session, "-sess_out", session);
        assertServed(next);
        assertTrue(next.contains("Reused, TLSv1."), i + ": " + next);
      }
    }
  }

  private static String get(TlsTestServer server, List<String> common, String... more) {
    List<String> arguments = new ArrayList<>(common);
    arguments.addAll(List.of(more));
    return SClient.get(server.port(), arguments.toArray(new String[0]));
  }

  @Test
  void servesBytesToo() throws Exception {
    try (TlsTestServer server = TlsTestServer.echo(A);
        Socket socket = Busy.socket(server.port())) {
      byte[] words = "hello".getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(words);
      assertArrayEquals(words, socket.getInputStream().readNBytes(words.length));
      String output = SClient.connect(server.port(), "-alpn", "h2");
      assertTrue(output.contains("No ALPN negotiated"), output);
    }
  }
}
