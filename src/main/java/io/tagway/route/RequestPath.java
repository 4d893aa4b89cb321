package io.tagway.route;

/**
 * The path of a request, read once: decoded once, dots resolved, slashes merged. Both spellings go
 * through the same steps, so that {@code %2F} is a slash when a route is looked for and still
 * {@code %2F} when the path is sent on. Neither can hold a line break.
 *
 * @param raw the normalised path as it was spelled; percent escapes are kept, what needs one and
 *     has none is escaped
 * @param decoded the normalised, decoded path that routes are matched against
 */
public record RequestPath(String raw, String decoded) {
  /**
   * Reads the path part of a request target, without the query. One char is one byte, as the
   * decoder of a request line gives it. A percent sign that starts no escape stands for itself. A
   * path that does not start with a slash ({@code *}, or none) is only decoded.
   */
  public static RequestPath of(String rawPath) {
    return isNormal(rawPath)
        ? new RequestPath(rawPath, rawPath)
        : PathNormaliser.normalise(rawPath);
  }

  /** Whether every percent sign starts an escape; a request with another path deserves a 400. */
  public static boolean isWellFormed(String rawPath) {
    return Escapes.wellFormed(rawPath);
  }

  /** Whether the path is its own raw and decoded form. */
  private static boolean isNormal(String path) {
    int length = path.length();
    boolean segmentStart = false;
    for (int i = 0; i < length; i++) {
      char c = path.charAt(i);
      if (!Escapes.spellable(c) || (segmentStart && (c == '/' || isDots(path, i)))) {
        return false;
      }
      segmentStart = c == '/';
    }
    return true;
  }

  /** Whether the segment that starts here is one or two dots. */
  private static boolean isDots(String path, int start) {
    int end = start;
    while (end < path.length() && end < start + 2 && path.charAt(end) == '.') {
      end++;
    }
    return end > start && (end == path.length() || path.charAt(end) == '/');
  }
}
