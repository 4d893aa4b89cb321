package io.tagway.metrics;

import io.tagway.config.Settings;
import java.time.Duration;
import java.util.List;

/** Settings of tests. */
final class MetricsSettings {
  static final String NAMES =
      "{{clean .Service}}.{{clean .Host}}.{{clean .Path}}.{{clean .TargetURL.Host}}";

  private MetricsSettings() {}

  static Settings.Metrics with(String prefix, String names, String subsystem, String... targets) {
    return new Settings.Metrics(
        List.of(targets),
        prefix,
        names,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        "",
        "",
        "",
        new Settings.Circonus("", "fabio", "", "", "", ""),
        new Settings.Prometheus(subsystem, "/metrics", List.of(0.005, 0.01, 1.0, 2.5, 10.0)));
  }

  static Names names(String prefix) {
    return new Names(with(prefix, NAMES, ""), "node-1.example", "fabio");
  }
}
