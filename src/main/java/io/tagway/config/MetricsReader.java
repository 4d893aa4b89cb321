package io.tagway.config;

import io.tagway.config.Settings.Circonus;
import io.tagway.config.Settings.Metrics;
import io.tagway.config.Settings.Prometheus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code metrics.*}. */
final class MetricsReader {
  private static final List<String> TARGETS =
      List.of(
          "stdout",
          "flat",
          "label",
          "statsd_raw",
          "dogstatsd",
          "graphite",
          "prometheus",
          "circonus");

  private final Values values;

  MetricsReader(Values values) {
    this.values = values;
  }

  Metrics read() {
    List<String> targets = targets();
    String graphite = address(targets, "graphite", "metrics.graphite.addr");
    String statsd = address(targets, "statsd_raw", "metrics.statsd.addr");
    String dogstatsd = address(targets, "dogstatsd", "metrics.dogstatsd.addr");
    return new Metrics(
        targets,
        template("metrics.prefix"),
        template("metrics.names"),
        values.duration("metrics.interval"),
        values.duration("metrics.timeout"),
        values.duration("metrics.retry"),
        graphite,
        statsd,
        dogstatsd,
        circonus(targets),
        new Prometheus(
            values.text("metrics.prometheus.subsystem"),
            values.text("metrics.prometheus.path"),
            values.numbers("metrics.prometheus.buckets")));
  }

  private List<String> targets() {
    List<String> targets =
        Stream.of(values.text("metrics.target").split(","))
            .map(String::strip)
            .filter(target -> !target.isEmpty())
            .toList();
    Set<String> seen = new HashSet<>();
    for (String target : targets) {
      String fits = String.join(", ", TARGETS);
      if (target.equals("statsd")) {
        values.refuse(
            "metrics.target",
            "statsd support has been removed in favor of statsd_raw",
            "statsd_raw");
      } else if (!TARGETS.contains(target)) {
        values.refuse(
            "metrics.target",
            "invalid metrics backend " + Quoted.of(target) + Nearest.question(target, TARGETS, ""),
            fits);
      } else if (!seen.add(target)) {
        values.refuse("metrics.target", target + " is named twice", "each target once");
      }
    }
    return targets;
  }

  private String address(List<String> targets, String target, String option) {
    String address = values.text(option);
    if (targets.contains(target) && !address.isEmpty()) {
      ListenAddress.parse(address)
          .orElse(
              new ListenAddress("", "", 0),
              bad ->
                  values.refuse(
                      option,
                      "error resolving " + target + " address: " + bad.reason(),
                      "host:port"));
    }
    return address;
  }

  private Circonus circonus(List<String> targets) {
    Circonus circonus =
        new Circonus(
            values.text("metrics.circonus.apikey"),
            values.text("metrics.circonus.apiapp"),
            values.text("metrics.circonus.apiurl"),
            values.text("metrics.circonus.checkid"),
            values.text("metrics.circonus.brokerid"),
            values.text("metrics.circonus.submissionurl"));
    if (targets.contains("circonus") && circonus.submissionUrl().isEmpty()) {
      values.refuse(
          "metrics.circonus.submissionurl",
          circonus.apiKey().isEmpty()
              ? "metrics: Circonus API token key or SubmissionURL"
              : "metrics: a Circonus API token alone is not enough, for checks are not looked up",
          "the submission URL of an HTTPTrap check");
    }
    return circonus;
  }

  private String template(String option) {
    String text = values.text(option);
    return text.equals("default") ? OptionTable.named(option).orElseThrow().fallback() : text;
  }
}
