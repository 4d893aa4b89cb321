package io.tagway.tls;

/**
 * A file, key or entry that may hold certificates or keys.
 *
 * @param name full name; decides about order and pairing
 * @param text PEM, empty if it could not be read
 * @param trouble why it could not be read, else empty
 */
record PemFile(String name, String text, String trouble) {
  /** Larger ones are not read (config.md 3.3). */
  static final int MAX_BYTES = 1 << 20;

  static PemFile of(String name, String text) {
    return new PemFile(name, text, "");
  }

  static PemFile unreadable(String name, String why) {
    return new PemFile(name, "", why);
  }

  static PemFile tooLarge(String name) {
    return unreadable(name, "it is larger than 1 MiB");
  }
}
