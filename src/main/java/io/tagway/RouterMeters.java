package io.tagway;

import io.tagway.metrics.Family;
import io.tagway.metrics.Meters;
import io.tagway.metrics.Meters.Sample;
import io.tagway.metrics.RuntimeMeters;
import io.tagway.registry.Registry;
import io.tagway.registry.RegistryStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is measured of the router as a whole, beyond Fabio. */
final class RouterMeters {
  private RouterMeters() {}

  /** Adds them all. */
  static void add(Meters meters, Registry registry, TlsServers tls, InstantSource clock) {
    meters.gauge(
        Family.gauge(
            "tagway.build.info", "Always 1; the labels tell the versions.", "version", "java"),
        () -> 1,
        Version.text(),
        Version.runtime());
    table(meters, registry, clock);
    requests(meters, registry);
    meters.collect(
        Family.gauge(
            "tagway.certificate.expiry.timestamp.seconds",
            "When a certificate of a listener ends to be valid, in seconds since 1970.",
            "name",
            "file"),
        () -> ends(tls));
    RuntimeMeters.add(meters);
  }

  private static void table(Meters meters, Registry registry, InstantSource clock) {
    var swaps = meters.counter(Family.counter("tagway.table.swaps.total", "New routing tables."));
    registry.onSwap((before, now) -> swaps.increment());
    meters.gauge(
        Family.gauge("tagway.table.targets", "Targets in the routing table."),
        () -> registry.table().get().targetCount());
    meters.gauge(
        Family.gauge("tagway.table.age.seconds", "Time since the routing table changed."),
        () -> age(registry, clock));
    meters.gauge(
        Family.gauge("tagway.table.problems", "Commands and tags that could not be carried out."),
        () -> registry.problems().size());
    meters.gauge(
        Family.gauge(
            "tagway.registry.current",
            "1 while the table is what the registry says; 0 while the registry cannot be read."),
        () -> registry.status().state() == RegistryStatus.State.CURRENT ? 1 : 0);
  }

  private static double age(Registry registry, InstantSource clock) {
    return registry
        .status()
        .tableSince()
        .map(since -> Duration.between(since, clock.instant()).toMillis() / 1e3)
        .orElse(Double.NaN);
  }

  private static void requests(Meters meters, Registry registry) {
    meters.collect(
        Family.counter(
            "tagway.registry.requests.total", "Requests to the registry, by outcome.", "outcome"),
        () ->
            List.of(
                Sample.of((double) registry.traffic().answered(), "answered"),
                Sample.of((double) registry.traffic().failed(), "failed")));
  }

  /** Of two for the same name from the same place the one that ends first. */
  private static List<Sample> ends(TlsServers tls) {
    Map<List<String>, Double> ends = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    tls.certificates()
        .forEach(
            certificate ->
                ends.merge(
                    List.of(
                        certificate.names().stream().findFirst().orElse(""), certificate.file()),
                    (double) certificate.end().getEpochSecond(),
                    Math::min));
    return ends.entrySet().stream().map(end -> new Sample(end.getValue(), end.getKey())).toList();
  }
}
