package io.tagway.route;

import java.util.Optional;

/** How the path of a route is compared; the words are those of {@code proxy.matcher}. */
public enum PathMatcher {
  PREFIX,
  IPREFIX,
  GLOB;

  /** The matcher of that name, in lower case as users write it; empty if there is none. */
  public static Optional<PathMatcher> named(String name) {
    return switch (name) {
      case "prefix" -> Optional.of(PREFIX);
      case "iprefix" -> Optional.of(IPREFIX);
      case "glob" -> Optional.of(GLOB);
      default -> Optional.empty();
    };
  }
}
