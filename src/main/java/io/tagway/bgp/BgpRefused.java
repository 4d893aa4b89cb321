package io.tagway.bgp;

/** Settings of {@code bgp.*} that cannot be honoured, or a port that cannot be had. */
public final class BgpRefused extends RuntimeException {
  /**
   * @param message whole, for the user
   */
  BgpRefused(String message) {
    super(message);
  }
}
