package io.tagway.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {
  private static final List<ContentCoding> ALL = List.of(ContentCoding.values());

  private static String best(String... lines) {
    return AcceptEncoding.parse(Arrays.asList(lines))
        .best(ALL)
        .map(ContentCoding::word)
        .orElse("plain");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | gzip",
        "GZIP | gzip",
        "x-gzip | gzip",
        "gzip, deflate, br, zstd | gzip",
        "deflate, gzip, br | gzip",
        "br, gzip | br",
        "zstd, br, gzip | zstd",
        "*, gzip | zstd",
        "gzip, * | gzip",
        "gzip;q=1.0, br;q=0.9 | gzip",
        "gzip ; q=0.5 , zstd;Q=0.501 | zstd",
        "* | zstd",
        "*;q=0.1, br;q=0 | zstd",
        "*;q=0, gzip | gzip",
        "gzip;q=0 | plain",
        "gzip;q=0.000 | plain",
        "gzip;q=0, * | zstd",
        "identity | plain",
        "identity, gzip;q=0.5 | plain",
        "identity;q=0.5, gzip | gzip",
        "identity, gzip | gzip",
        "identity;q=0 | plain",
        "*;q=0 | plain",
        "deflate, compress | plain",
        "gzipped | plain",
        "'' | plain",
        "gzip;q=2 | plain",
        "gzip;q= | plain",
        "gzip;q=0.1234 | plain",
        "gzip;x=1 | plain",
        "gzip br | plain",
        "br;q=x, gzip | gzip",
        ",, gzip ,; | gzip"
      })
  void theBestCodingFollowsTheWeights(String header, String expected) {
    assertEquals(expected, best(header));
  }

  @Test
  void aClientThatSaysNothingGetsThePlainAnswer() {
    assertEquals("plain", best());
  }

  @Test
  void severalLinesAreOneList() {
    assertEquals("zstd", best("gzip;q=0.1", "zstd"));
  }

  @Test
  void onlyWhatIsOfferedIsChosen() {
    assertEquals(
        Optional.of(ContentCoding.GZIP),
        AcceptEncoding.parse(List.of("br, gzip;q=0.1")).best(List.of(ContentCoding.GZIP)));
    assertEquals(Optional.empty(), AcceptEncoding.parse(List.of("br")).best(List.of()));
  }

  @Test
  void anyTextIsAHeader() {
    Random random = new Random(12053);
    String alphabet = "gzipbr*;q=01. ,\t\u0000\u00e9identity";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(30); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertTrue(best(text.toString()).length() > 0);
    }
  }
}
