package io.tagway;

import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;

/** The levels of {@code log.level} and what they are to the JDK's logging. */
enum LogLevel {
  TRACE(Level.FINER),
  DEBUG(Level.FINE),
  INFO(Level.INFO),
  WARN(Level.WARNING),
  ERROR(Level.SEVERE),
  FATAL(new Fatal());

  // The JDK's Level is immutable, it only does not say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Level jdk;

  LogLevel(Level jdk) {
    this.jdk = jdk;
  }

  Level jdk() {
    return jdk;
  }

  /** The level of that name in any case; empty if there is none. */
  static Optional<LogLevel> named(String name) {
    try {
      return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The word that a record of this JDK level is tagged with. */
  static LogLevel of(Level level) {
    LogLevel best = TRACE;
    for (LogLevel each : values()) {
      if (each.jdk.intValue() <= level.intValue()) {
        best = each;
      }
    }
    return best;
  }

  /** Above SEVERE: the process ends because of it. */
  private static final class Fatal extends Level {
    private static final long serialVersionUID = 1L;

    Fatal() {
      super("FATAL", Level.SEVERE.intValue() + 100);
    }
  }
}
