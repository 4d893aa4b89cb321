package io.tagway.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names of TLS versions and cipher suites, as wire values (RFC 8446, IANA TLS registry). */
final class TlsWords {
  private static final String FITS_VERSION = "tls10, tls11, tls12, tls13 or 0x0301 to 0x0304";
  private static final String FITS_CIPHERS =
      "names such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or numbers, several in double quotes";

  private static final Map<String, Integer> VERSIONS =
      Map.of("tls10", 0x0301, "tls11", 0x0302, "tls12", 0x0303, "tls13", 0x0304);

  /** IANA's names, which are Go's, and those of OpenSSL. */
  private static final Map<String, Integer> SUITES = suites();

  private TlsWords() {}

  private static Map<String, Integer> suites() {
    Map<String, Integer> suites = new HashMap<>();
    for (CipherSuite suite : CipherSuite.values()) {
      suites.put(suite.name(), suite.value());
      suites.put(suite.openSslName(), suite.value());
    }
    return Collections.unmodifiableMap(suites);
  }

  /** 0 means the default; numbers that are no version are refused. */
  static Reading<Integer> version(String text) {
    String word = text.strip();
    Integer named = VERSIONS.get(word.toLowerCase(Locale.ROOT));
    if (named != null) {
      return Reading.of(named);
    }
    Reading<Long> number = GoInteger.unsigned(word, 16);
    if (number instanceof Reading.Unfit<Long> bad) {
      return Reading.unfit("not a TLS version: " + bad.reason(), FITS_VERSION);
    }
    int value = ((Reading.Value<Long>) number).value().intValue();
    return value == 0 || VERSIONS.containsValue(value)
        ? Reading.of(value)
        : Reading.unfit("not a TLS version", FITS_VERSION);
  }

  /** At least one suite, in the order given. */
  static Reading<List<Integer>> ciphers(String text) {
    List<Integer> suites = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String word = part.strip().toUpperCase(Locale.ROOT);
      Integer named = SUITES.get(word);
      if (named != null) {
        suites.add(named);
      } else if (GoInteger.unsigned(word, 16) instanceof Reading.Value<Long> number) {
        suites.add(number.value().intValue());
      } else {
        return Reading.unfit(
            "unknown cipher suite " + Quoted.of(word) + Nearest.question(word, SUITES.keySet(), ""),
            FITS_CIPHERS);
      }
    }
    return Reading.of(List.copyOf(suites));
  }
}
