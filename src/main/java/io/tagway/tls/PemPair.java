package io.tagway.tls;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its key, not yet read.
 *
 * @param name full name of the file with the certificate
 * @param certificate PEM
 * @param key PEM, may be the same text
 * @param trouble why there is no use in reading them, else empty
 */
record PemPair(String name, String certificate, String key, String trouble) {
  private static final String CERTIFICATE = "-cert.pem";
  private static final String KEY = "-key.pem";
  private static final String BOTH = ".pem";

  /**
   * Pairs {@code X-cert.pem} with {@code X-key.pem} and takes any other {@code X.pem} for both;
   * what has another name is left out. Sorted by the name of the file with the certificate.
   */
  static List<PemPair> of(Collection<PemFile> files) {
    Map<String, PemFile> byName = new TreeMap<>();
    files.forEach(file -> byName.put(file.name(), file));
    Map<String, PemPair> pairs = new TreeMap<>();
    for (PemFile file : byName.values()) {
      String name = file.name();
      if (name.endsWith(CERTIFICATE)) {
        String key = stem(name, CERTIFICATE) + KEY;
        pairs.put(name, of(name, file, key, byName.get(key)));
      } else if (name.endsWith(KEY)) {
        String certificate = stem(name, KEY) + CERTIFICATE;
        if (!byName.containsKey(certificate)) {
          pairs.put(certificate, new PemPair(certificate, "", "", name + " has no certificate"));
        }
      } else if (name.endsWith(BOTH)) {
        pairs.put(name, of(name, file, name, file));
      }
    }
    return new ArrayList<>(pairs.values());
  }

  /** A certificate and a key that were named one by one. */
  static PemPair of(PemFile certificate, PemFile key) {
    return of(certificate.name(), certificate, key.name(), key);
  }

  private static PemPair of(
      String name, PemFile certificate, String keyName, @Nullable PemFile key) {
    String trouble =
        !certificate.trouble().isEmpty()
            ? certificate.trouble()
            : key == null
                ? "its key " + keyName + " is missing"
                : key.trouble().isEmpty() ? "" : keyName + ": " + key.trouble();
    return new PemPair(name, certificate.text(), key == null ? "" : key.text(), trouble);
  }

  private static String stem(String name, String ending) {
    return name.substring(0, name.length() - ending.length());
  }

  @Override
  public String toString() {
    return name;
  }
}
