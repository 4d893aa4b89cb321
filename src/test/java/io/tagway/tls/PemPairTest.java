package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PemPairTest {
  private static List<String> pairs(String... names) {
    List<PemFile> files = new ArrayList<>();
    for (String name : names) {
      files.add(PemFile.of(name, "<" + name + ">"));
    }
    return PemPair.of(files).stream()
        .map(
            pair ->
                pair.trouble().isEmpty()
                    ? pair.name() + ": " + pair.certificate() + pair.key()
                    : pair.name() + "! " + pair.trouble())
        .toList();
  }

  @Test
  void pairsCertificateAndKey() {
    assertEquals(
        List.of("d/x-cert.pem: <d/x-cert.pem><d/x-key.pem>"), pairs("d/x-key.pem", "d/x-cert.pem"));
  }

  @Test
  void takesOtherPemFilesForBoth() {
    assertEquals(List.of("x.pem: <x.pem><x.pem>"), pairs("x.pem"));
  }

  @Test
  void sortsByTheNameOfTheCertificate() {
    assertEquals(
        List.of(
            "a-cert.pem: <a-cert.pem><a-key.pem>",
            "a.pem: <a.pem><a.pem>",
            "b/0.pem: <b/0.pem><b/0.pem>",
            "z.pem: <z.pem><z.pem>"),
        pairs("z.pem", "b/0.pem", "a.pem", "a-key.pem", "a-cert.pem"));
  }

  @Test
  void leavesOutOtherNames() {
    assertEquals(List.of(), pairs("x.crt", "x.key", "pem", "x-cert.pem.bak", "README"));
  }

  @Test
  void namesWhatIsMissing() {
    assertEquals(
        List.of(
            "x-cert.pem! its key x-key.pem is missing", "y-cert.pem! y-key.pem has no certificate"),
        pairs("x-cert.pem", "y-key.pem"));
  }

  @Test
  void handsOnWhyAFileCouldNotBeRead() {
    assertEquals(
        "x-key.pem: it may not be read",
        PemPair.of(
                List.of(
                    PemFile.of("x-cert.pem", "text"),
                    PemFile.unreadable("x-key.pem", "it may not be read")))
            .get(0)
            .trouble());
    assertEquals(
        "it is larger than 1 MiB", PemPair.of(List.of(PemFile.tooLarge("x.pem"))).get(0).trouble());
  }
}
