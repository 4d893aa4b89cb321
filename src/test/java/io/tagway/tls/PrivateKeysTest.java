package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.interfaces.ECPrivateKey;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateKeysTest {
  private static ServerCertificate read(String certificate, String key) {
    return ServerCertificate.of(certificate, Fixtures.text(certificate), Fixtures.text(key));
  }

  private static String refusal(String certificate, String keyPem) {
    return BadCertificate.reason(
        assertThrows(
            BadCertificate.class,
            () -> ServerCertificate.of(certificate, Fixtures.text(certificate), keyPem)));
  }

  @ParameterizedTest
  @CsvSource({
    "a-cert.pem, a-key.pem, EC",
    "a-cert.pem, a-sec1.key, EC",
    "a-cert.pem, a-sec1-params.key, EC",
    "both.pem, both.pem, EC",
    "p384-cert.pem, p384-key.pem, EC",
    "rsa-cert.pem, rsa-key.pem, RSA",
    "rsa-cert.pem, rsa-pkcs1.key, RSA",
    "ed-cert.pem, ed-key.pem, EdDSA"
  })
  void readsEachForm(String certificate, String key, String algorithm) {
    assertEquals(algorithm, read(certificate, key).key().getAlgorithm());
  }

  @Test
  void allFormsOfOneKeyAreTheSameKey() {
    assertEquals(
        ((ECPrivateKey) read("a-cert.pem", "a-key.pem").key()).getS(),
        ((ECPrivateKey) read("a-cert.pem", "a-sec1.key").key()).getS());
    assertEquals(
        read("rsa-cert.pem", "rsa-key.pem").key(), read("rsa-cert.pem", "rsa-pkcs1.key").key());
  }

  @ParameterizedTest
  @CsvSource({"rsa-encrypted.key", "rsa-encrypted-pkcs1.key"})
  void saysWhatToDoWithEncryptedKeys(String key) {
    String why = refusal("rsa-cert.pem", Fixtures.text(key));
    assertTrue(why.startsWith("the private key is encrypted; remove the password with:"), why);
  }

  @ParameterizedTest
  @CsvSource({
    "a-cert.pem, b-key.pem, the private key does not belong to the certificate",
    "a-cert.pem, p384-key.pem, the private key does not belong to the certificate",
    "p384-cert.pem, a-sec1.key, the private key does not belong to the certificate",
    "a-cert.pem, rsa-key.pem,"
        + " 'the private key cannot be read as a key of kind EC, which the certificate has'",
    "rsa-cert.pem, a-key.pem,"
        + " 'the private key cannot be read as a key of kind RSA, which the certificate has'",
    "a-cert.pem, b-cert.pem, there is no private key for it"
  })
  void refusesKeysOfOthers(String certificate, String key, String why) {
    assertEquals(why, refusal(certificate, Fixtures.text(key)));
  }

  @Test
  void refusesTextWithoutCertificate() {
    assertEquals("there is no certificate in it", refusal("a-key.pem", Fixtures.text("a-key.pem")));
  }

  @Test
  void toleratesWindowsLineEndsAndTextAround() {
    String pem = "Bag Attributes\r\n" + Fixtures.text("both.pem").replace("\n", "\r\n");
    assertEquals("EC", ServerCertificate.of("x", pem, pem).key().getAlgorithm());
  }

  @Test
  void anyDamageGivesACertificateOrAReason() {
    Random random = new Random(17);
    String whole = Fixtures.text("both.pem");
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      StringBuilder damaged = new StringBuilder(whole);
      for (int hits = random.nextInt(4) + 1; hits > 0; hits--) {
        int at = random.nextInt(damaged.length());
        switch (random.nextInt(3)) {
          case 0 -> damaged.setCharAt(at, (char) random.nextInt(256));
          case 1 -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(80)));
          default -> damaged.insert(at, whole, 0, random.nextInt(60));
        }
      }
      try {
        ServerCertificate.of("x", damaged.toString(), damaged.toString());
      } catch (BadCertificate e) {
        assertFalse(BadCertificate.reason(e).isEmpty());
        refused++;
      }
    }
    assertTrue(refused > 1000, "only " + refused);
  }
}
