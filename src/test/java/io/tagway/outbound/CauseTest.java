package io.tagway.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class CauseTest {
  private static final String UNKNOWN =
      "TLS failed: the certificate is signed by no CA that is trusted here";

  private static Throwable wrapped(Exception cause) {
    return new SSLHandshakeException("Failed to create SSL connection").initCause(cause);
  }

  @Test
  void aConnectionThatFailedKeepsItsOwnWords() {
    assertEquals("refused", Cause.text(new IOException("refused", new IOException("deeper"))));
    assertEquals("IOException", Cause.text(new IOException()));
  }

  @Test
  void ofTlsTheDeepestCauseIsTold() {
    assertEquals(
        "TLS failed: no name matches",
        Cause.text(wrapped(new CertificateException("no name matches"))));
    assertEquals(
        "TLS failed: bad_certificate", Cause.text(new SSLHandshakeException("bad_certificate")));
  }

  @Test
  void theWordsAloneAreThoseOfTheDeepestCauseToo() {
    assertEquals("refused", Cause.words(new IOException("refused")));
    assertEquals(
        "no name matches",
        Cause.words(
            new SSLHandshakeException("General OpenSslEngine problem")
                .initCause(new CertificateException("no name matches"))));
  }

  @Test
  void anUnknownAuthorityIsToldInOneWay() {
    assertEquals(UNKNOWN, Cause.text(wrapped(new CertPathBuilderException("unable to find"))));
    assertEquals(
        UNKNOWN,
        Cause.text(
            wrapped(
                new CertPathValidatorException(
                    "Path does not chain", null, null, -1, PKIXReason.NO_TRUST_ANCHOR))));
    assertEquals(
        "TLS failed: expired",
        Cause.text(
            wrapped(
                new CertPathValidatorException("expired", null, null, -1, BasicReason.EXPIRED))));
  }
}
