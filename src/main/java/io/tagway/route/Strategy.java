package io.tagway.route;

import java.util.Optional;

/** How one target of a route is chosen; the words are those of {@code proxy.strategy}. */
public enum Strategy {
  /** A uniformly random place of the ring. */
  RND,
  /** The next place of the ring. */
  RR;

  /** The strategy of that name, in lower case as users write it; empty if there is none. */
  public static Optional<Strategy> named(String name) {
    return switch (name) {
      case "rnd" -> Optional.of(RND);
      case "rr" -> Optional.of(RR);
      default -> Optional.empty();
    };
  }
}
