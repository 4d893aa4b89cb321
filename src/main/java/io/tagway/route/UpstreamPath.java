package io.tagway.route;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * strip= and prepend=, done on the path as it was spelled, so that escapes in what remains are
 * kept.
 *
 * @param strip cut off where the decoded path starts with it; empty = nothing
 * @param prepend put in front, already escaped; empty = nothing
 * @param anyCase whether strip is compared without case, which goes with matcher iprefix
 */
record UpstreamPath(String strip, String prepend, boolean anyCase) {
  private static final UpstreamPath UNCHANGED = new UpstreamPath("", "", false);

  static UpstreamPath of(@Nullable String strip, @Nullable String prepend, boolean anyCase) {
    if (strip == null && prepend == null) {
      return UNCHANGED;
    }
    return new UpstreamPath(
        strip == null ? "" : strip, prepend == null ? "" : Escapes.path(prepend), anyCase);
  }

  boolean changesNothing() {
    return strip.isEmpty() && prepend.isEmpty();
  }

  /** The path to send on, with a leading slash. */
  String apply(RequestPath path) {
    int cut = cut(path);
    String stripped = cut == 0 ? path.raw() : rooted(path.raw().substring(cut));
    return prepend.isEmpty() ? stripped : withSlash(prepend + stripped);
  }

  /** The path for a redirect, where a slash that was cut off is not put back. */
  String forRedirect(RequestPath path) {
    return prepend + path.raw().substring(cut(path));
  }

  /** How much of the spelled path strip cuts off. */
  private int cut(RequestPath path) {
    String decoded = path.decoded();
    if (strip.isEmpty() || !decoded.regionMatches(anyCase, 0, strip, 0, strip.length())) {
      return 0;
    }
    return path.raw().equals(decoded)
        ? strip.length()
        : spelledLength(path.raw(), decoded.substring(0, strip.length()));
  }

  /** How many chars of the spelling stand for the decoded start. */
  private static int spelledLength(String raw, String start) {
    int at = 0;
    for (int bytes = start.getBytes(StandardCharsets.UTF_8).length; bytes > 0; bytes--) {
      at += raw.charAt(at) == '%' ? 3 : 1;
    }
    return at;
  }

  /** With a leading slash; a cut inside a segment can leave dots, which must not climb. */
  private static String rooted(String rest) {
    String path = withSlash(rest);
    return path.startsWith("/.") || path.startsWith("/%") ? RequestPath.of(path).raw() : path;
  }

  private static String withSlash(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }
}
