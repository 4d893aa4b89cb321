package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificatesTest {
  private static final Certificates ALL =
      Certificates.of(
          List.of(
              Fixtures.certificate("a"), Fixtures.certificate("b"), Fixtures.certificate("wild")));

  private static String chosen(Certificates certificates, String name, boolean strict) {
    return certificates.choose(name, strict).map(ServerCertificate::file).orElse("none");
  }

  @ParameterizedTest(name = "{0}: {1}, strict {2}")
  @CsvSource({
    "a.test, a-cert.pem, a-cert.pem",
    "b.test, b-cert.pem, b-cert.pem",
    "B.Test, b-cert.pem, b-cert.pem",
    "b.test., b-cert.pem, b-cert.pem",
    "b.test..., b-cert.pem, b-cert.pem",
    // A name that was written with capitals.
    "b2.test, b-cert.pem, b-cert.pem",
    // The first label is any.
    "x.b.test, b-cert.pem, b-cert.pem",
    "x.y.b.test, a-cert.pem, none",
    "x.wild.test, wild-cert.pem, wild-cert.pem",
    "wild.test, wild-cert.pem, wild-cert.pem",
    // The first two labels are any.
    "x.y.deep.test, wild-cert.pem, wild-cert.pem",
    "x.deep.test, a-cert.pem, none",
    "x.y.z.deep.test, a-cert.pem, none",
    "'*.b.test', b-cert.pem, b-cert.pem",
    "other.invalid, a-cert.pem, none",
    "'', a-cert.pem, none",
    "., a-cert.pem, none"
  })
  void choosesByServerName(String name, String lenient, String strict) {
    assertEquals(lenient, chosen(ALL, name, false));
    assertEquals(strict, chosen(ALL, name, true));
  }

  @Test
  void ofTwoForOneNameTheLaterWins() {
    Certificates two =
        Certificates.of(List.of(Fixtures.certificate("b"), Fixtures.certificate("b-later")));
    assertEquals("b-later-cert.pem", chosen(two, "b.test", true));
    assertEquals("b-cert.pem", chosen(two, "x.b.test", true));
  }

  @Test
  void theOnlyOneServesEverybody() {
    Certificates one = Certificates.of(List.of(Fixtures.certificate("b")));
    assertEquals("b-cert.pem", chosen(one, "other.invalid", false));
    assertEquals("none", chosen(one, "other.invalid", true));
  }

  @Test
  void noneServesNobody() {
    assertEquals("none", chosen(Certificates.NONE, "a.test", false));
    assertTrue(Certificates.NONE.isEmpty());
  }

  @Test
  void aLongNameEndsTheSearch() {
    assertEquals("none", chosen(ALL, "x.".repeat(20_000), true));
  }

  @Test
  void knowsWhetherItShowsTheSame() {
    Certificates again =
        Certificates.of(
            List.of(
                Fixtures.certificate("a"),
                Fixtures.certificate("b"),
                Fixtures.certificate("wild")));
    assertTrue(ALL.sameAs(again));
    assertFalse(ALL.sameAs(Certificates.of(List.of(Fixtures.certificate("a")))));
  }
}
