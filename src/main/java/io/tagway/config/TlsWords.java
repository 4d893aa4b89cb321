package io.tagway.config;

import java.util.ArrayList;
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

  private static final Map<String, Integer> SUITES =
      Map.ofEntries(
          Map.entry("TLS_AES_128_GCM_SHA256", 0x1301),
          Map.entry("TLS_AES_256_GCM_SHA384", 0x1302),
          Map.entry("TLS_CHACHA20_POLY1305_SHA256", 0x1303),
          Map.entry("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", 0xc009),
          Map.entry("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", 0xc00a),
          Map.entry("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", 0xc013),
          Map.entry("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", 0xc014),
          Map.entry("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", 0xc02b),
          Map.entry("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", 0xc02c),
          Map.entry("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 0xc02f),
          Map.entry("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", 0xc030),
          Map.entry("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", 0xcca8),
          Map.entry("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", 0xcca9),
          Map.entry("TLS_RSA_WITH_RC4_128_SHA", 0x0005),
          Map.entry("TLS_RSA_WITH_3DES_EDE_CBC_SHA", 0x000a),
          Map.entry("TLS_RSA_WITH_AES_128_CBC_SHA", 0x002f),
          Map.entry("TLS_RSA_WITH_AES_256_CBC_SHA", 0x0035),
          Map.entry("TLS_RSA_WITH_AES_128_CBC_SHA256", 0x003c),
          Map.entry("TLS_RSA_WITH_AES_128_GCM_SHA256", 0x009c),
          Map.entry("TLS_RSA_WITH_AES_256_GCM_SHA384", 0x009d),
          Map.entry("TLS_ECDHE_ECDSA_WITH_RC4_128_SHA", 0xc007),
          Map.entry("TLS_ECDHE_RSA_WITH_RC4_128_SHA", 0xc011),
          Map.entry("TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", 0xc012),
          Map.entry("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", 0xc023),
          Map.entry("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", 0xc027));

  private TlsWords() {}

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
