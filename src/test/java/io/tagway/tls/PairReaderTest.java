package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairReaderTest {
  private final PairReader reader = new PairReader();
  private final List<String> reports = new ArrayList<>();

  private static PemPair pair(String name, String certificate, String key) {
    return new PemPair(name, Fixtures.text(certificate), Fixtures.text(key), "");
  }

  private static final PemPair A = pair("a", "a-cert.pem", "a-key.pem");
  private static final PemPair B = pair("b", "b-cert.pem", "b-key.pem");
  private static final PemPair MIXED = pair("b", "b-cert.pem", "a-key.pem");
  private static final PemPair LATER = pair("b", "b-later-cert.pem", "b-later-key.pem");

  private List<ServerCertificate> read(PemPair... pairs) {
    return reader.read(Arrays.asList(pairs), reports::add).all();
  }

  @Test
  void doesNotReadTheSameTextTwice() {
    List<ServerCertificate> first = read(A, B);
    List<ServerCertificate> second = read(A, pair("b", "b-cert.pem", "b-key.pem"));
    assertSame(first.get(0), second.get(0));
    assertSame(first.get(1), second.get(1));
  }

  @Test
  void skipsABrokenPairAndSaysSoOnce() {
    assertEquals(List.of("a"), read(A, MIXED).stream().map(ServerCertificate::file).toList());
    assertEquals(1, read(A, MIXED).size());
    assertEquals(List.of("b: the private key does not belong to the certificate"), reports);
  }

  @Test
  void saysItAgainWhenThePairIsBrokenInAnotherWay() {
    read(MIXED);
    read(new PemPair("b", "", "", "its key is missing"));
    assertEquals(2, reports.size());
  }

  @Test
  void keepsTheLastGoodPairWhileTheNextIsBroken() {
    ServerCertificate good = read(B).get(0);
    assertSame(good, read(MIXED).get(0));
    assertSame(good, read(new PemPair("b", "", "", "it may not be read")).get(0));
    assertEquals(
        List.of(
            "b: the private key does not belong to the certificate;"
                + " what it was before stays in use",
            "b: it may not be read; what it was before stays in use"),
        reports);
    assertEquals(
        "b-later",
        read(LATER).get(0).names().contains("later.test") ? "b-later" : "still the old one");
  }

  @Test
  void forgetsAPairThatIsGone() {
    read(A, B);
    assertEquals(List.of("a"), read(A).stream().map(ServerCertificate::file).toList());
    assertEquals(List.of(), reports);
  }
}
