package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientTrustTest {
  private static X509Certificate[] chain(String file) {
    return ServerCertificate.certificates(Fixtures.text(file)).toArray(new X509Certificate[0]);
  }

  private static ClientTrust trust(String file, String upgradeCn) {
    return new ClientTrust(List.of(chain(file)), upgradeCn);
  }

  private static void refuses(ClientTrust trust, String file) {
    assertThrows(CertificateException.class, () -> trust.checkClientTrusted(chain(file), "RSA"));
  }

  private static void accepts(ClientTrust trust, String file) {
    assertDoesNotThrow(() -> trust.checkClientTrusted(chain(file), "RSA"));
  }

  @Test
  void acceptsWhatTheCaSignedForClients() {
    accepts(trust("ca.crt", ""), "client.crt");
    refuses(trust("ca.crt", ""), "stranger.crt");
    refuses(trust("ca.crt", ""), "serveronly.crt");
  }

  @Test
  void refusesNobody() {
    assertThrows(
        CertificateException.class,
        () -> trust("ca.crt", "").checkClientTrusted(new X509Certificate[0], "RSA"));
  }

  @Test
  void acceptsACertificateThatIsListedItself() {
    accepts(trust("stranger.crt", ""), "stranger.crt");
    accepts(trust("gateway.crt", ""), "gateway.crt");
  }

  @Test
  void takesACertificateForACaOnlyWhereConfigured() {
    refuses(trust("gateway.crt", ""), "gated.crt");
    refuses(trust("gateway.crt", "Other"), "gated.crt");
    accepts(trust("gateway.crt", "ApiGateway"), "gated.crt");
  }

  @Test
  void namesItsCasToClients() {
    assertEquals(1, trust("ca.crt", "").getAcceptedIssuers().length);
  }
}
