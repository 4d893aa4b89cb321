package io.tagway.config;

import java.util.Optional;

/** Names that Fabio had once and gave up. */
final class Removed {
  private Removed() {}

  /** Why the name is unknown now; empty if it never was an option. */
  static Optional<String> reason(String name) {
    return name.startsWith("tracing.")
        ? Optional.of("request tracing was removed in Fabio 1.7.0")
        : Optional.empty();
  }
}
