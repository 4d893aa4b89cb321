package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.CipherSuite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TlsRulesTest {
  private static final Fixtures.Listener LISTENER = Fixtures.listener(Fixtures.file("a"));

  @ParameterizedTest
  @CsvSource({
    "0, 0, 'TLSv1.2,TLSv1.3'",
    "0x0301, 0, 'TLSv1,TLSv1.1,TLSv1.2,TLSv1.3'",
    "0x0302, 0x0302, TLSv1.1",
    "0, 0x0303, TLSv1.2",
    "0x0304, 0x0304, TLSv1.3"
  })
  void versions(String min, String max, String expected) {
    TlsRules rules =
        TlsRules.of(
            LISTENER.versions(Integer.decode(min), Integer.decode(max)).settings(),
            TlsEngine.best());
    assertEquals(expected, String.join(",", rules.protocols()));
  }

  @Test
  void refusesARangeThatLeavesNothing() {
    BadCertificate refusal =
        assertThrows(
            BadCertificate.class, () -> TlsRules.of(LISTENER.versions(0, 0x0302).settings()));
    assertEquals(
        "127.0.0.1:0: no TLS version is left between tlsmin and tlsmax", refusal.getMessage());
  }

  @Test
  void thisMachineHasOpenSsl() {
    assertEquals(TlsEngine.OPENSSL, TlsEngine.best());
    assertEquals("BoringSSL", TlsEngine.best().description());
  }

  @ParameterizedTest
  @EnumSource(TlsEngine.class)
  void byDefaultOnlySuitesWithForwardSecrecy(TlsEngine engine) {
    List<String> suites = TlsRules.of(LISTENER.settings(), engine).suites();
    assertEquals("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", suites.get(0));
    assertTrue(
        suites.stream().allMatch(suite -> suite.matches("TLS_(ECDHE|AES|CHACHA20)_.*")),
        suites.toString());
    assertEquals(13, suites.size());
  }

  @Test
  void takesTheSuitesInTheirOrderAndAlwaysThoseOfTls13() {
    TlsRules rules =
        TlsRules.of(LISTENER.ciphers(0xc030, 0x002f, 0x1301).settings(), TlsEngine.OPENSSL);
    assertEquals(
        List.of(
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256"),
        rules.suites());
  }

  @Test
  void namesWhatItLeavesOut() {
    TlsRules rules =
        TlsRules.of(LISTENER.ciphers(0xc02f, 0x0005, 0x4711).settings(), TlsEngine.OPENSSL);
    assertEquals(List.of("TLS_RSA_WITH_RC4_128_SHA", "0x4711"), rules.ignored());
  }

  @Test
  void refusesAListOfWhichNothingIsKnown() {
    BadCertificate refusal =
        assertThrows(
            BadCertificate.class, () -> TlsRules.of(LISTENER.ciphers(0x4711, 5).settings()));
    assertEquals(
        "127.0.0.1:0: none of the suites in tlsciphers is known:"
            + " [0x4711, TLS_RSA_WITH_RC4_128_SHA]",
        refusal.getMessage());
  }

  @Test
  void turnsToTheJdkForSuitesThatOnlyItHas() {
    int suite = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256.value();
    assertFalse(TlsEngine.OPENSSL.supports(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256));
    assertEquals(TlsEngine.JDK, TlsRules.of(LISTENER.ciphers(suite).settings()).engine());
    assertEquals(
        TlsEngine.OPENSSL, TlsRules.of(LISTENER.ciphers(suite, 0xc02f).settings()).engine());
  }
}
