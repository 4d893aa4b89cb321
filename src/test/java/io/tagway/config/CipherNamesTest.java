package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CipherNamesTest {
  @ParameterizedTest
  @EnumSource(CipherSuite.class)
  void eachSuiteHasThreeNames(CipherSuite suite) {
    Reading<List<Integer>> expected = Reading.of(List.of(suite.value()));
    assertEquals(expected, TlsWords.ciphers(suite.name()));
    assertEquals(expected, TlsWords.ciphers(suite.openSslName()));
    assertEquals(expected, TlsWords.ciphers(String.format("0x%04x", suite.value())));
  }

  @Test
  void theyMayBeMixed() {
    assertEquals(
        Reading.of(List.of(0xc02f, 0xc030, 0x1301)),
        TlsWords.ciphers(
            "ecdhe-rsa-aes128-gcm-sha256, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,4865"));
  }

  @Test
  void othersAreRefused() {
    assertInstanceOf(Reading.Unfit.class, TlsWords.ciphers("ECDHE-RSA-NULL-SHA"));
  }
}
