package io.tagway.auth;

import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user and password of a Basic Authorization header (RFC 7617, section 2), one character a
 * byte.
 *
 * @param user without a colon
 * @param password may hold colons
 */
record Credentials(String user, String password) {
  /** Hashing time grows with the length, with some forms by its square. */
  static final int LIMIT_BYTES = 1024;

  private static final String SCHEME = "basic ";

  /** Empty when the header is missing, of another scheme, not base64, too long or has no colon. */
  static Optional<Credentials> parse(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || authorization.length() > SCHEME.length() + 2 * LIMIT_BYTES) {
      return Optional.empty();
    }
    String base64 = authorization.substring(SCHEME.length()).trim();
    if (base64.length() % 4 != 0) {
      // The decoder of the JDK would do without the padding.
      return Optional.empty();
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    String whole = Latin1.text(decoded);
    int colon = whole.indexOf(':');
    return colon < 0 || whole.length() > LIMIT_BYTES
        ? Optional.empty()
        : Optional.of(new Credentials(whole.substring(0, colon), whole.substring(colon + 1)));
  }

  /** Both as they were sent. */
  byte[] bytes() {
    return Latin1.bytes(user + ':' + password);
  }
}
