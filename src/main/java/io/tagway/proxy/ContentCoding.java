package io.tagway.proxy;

/**
 * The codings in which answers can be compressed (RFC 9110, section 8.4.1; RFC 7932, 8878), in the
 * order of our preference where the client has none: what costs least for its gain first.
 */
public enum ContentCoding {
  ZSTD("zstd"),
  BROTLI("br"),
  GZIP("gzip");

  private final String word;

  ContentCoding(String word) {
    this.word = word;
  }

  /** As Content-Encoding names it. */
  public String word() {
    return word;
  }
}
