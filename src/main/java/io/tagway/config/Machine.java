package io.tagway.config;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a configuration takes from the machine it is read on.
 *
 * @param clock time and zone of log lines
 * @param fetch how a properties file is got from a URL
 * @param addresses asked only when an address is needed
 * @param processors how many there are
 * @param temporary directory for temporary files
 * @param runtime one word for the version line
 */
record Machine(
    Clock clock,
    Fetch fetch,
    Supplier<LocalAddresses> addresses,
    int processors,
    String temporary,
    String runtime) {
  private static final Duration FETCH_LIMIT = Duration.ofSeconds(30);

  static Machine here(Map<String, String> environment) {
    return new Machine(
        Clock.system(ZoneId.systemDefault()),
        Fetch.overHttp(environment, FETCH_LIMIT),
        LocalAddresses::ofMachine,
        Runtime.getRuntime().availableProcessors(),
        environment.getOrDefault("TMPDIR", System.getProperty("java.io.tmpdir", "/tmp")),
        "java" + System.getProperty("java.version", ""));
  }
}
