package io.tagway.config;

import io.tagway.config.Settings.AuthScheme;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code proxy.auth}. */
final class AuthSchemes {
  private static final Duration LEAST_REFRESH = Duration.ofSeconds(1);

  private AuthSchemes() {}

  /** By name, in the order written. */
  static Map<String, AuthScheme> read(Values values, Findings findings) {
    Map<String, AuthScheme> schemes = new LinkedHashMap<>();
    for (Entry entry : Entry.of("proxy.auth", values, findings)) {
      AuthScheme scheme = scheme(entry);
      if (!scheme.name().isEmpty() && schemes.put(scheme.name(), scheme) != null) {
        entry.refuse("two schemes are named " + Quoted.of(scheme.name()), "a name for each");
      }
    }
    return Collections.unmodifiableMap(schemes);
  }

  /** One scheme; what is wrong with it is refused. */
  static AuthScheme scheme(Entry entry) {
    entry.refuseBare();
    String name = entry.required("name");
    String type = entry.required("type");
    String file = entry.required("file");
    if (!type.isEmpty() && !type.equals("basic")) {
      entry.refuse("unknown auth type '" + type + "'", "basic");
    }
    return new AuthScheme(name, type, file, entry.text("realm").orElse(name), refresh(entry));
  }

  private static Duration refresh(Entry entry) {
    boolean off = entry.text("refresh").orElse("").isEmpty();
    Duration written = off ? Duration.ZERO : entry.duration("refresh", Duration.ZERO);
    return written.isZero() || written.compareTo(LEAST_REFRESH) >= 0 ? written : LEAST_REFRESH;
  }
}
