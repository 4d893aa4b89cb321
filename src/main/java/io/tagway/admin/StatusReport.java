package io.tagway.admin;

import io.tagway.bgp.BgpStatus;
import io.tagway.registry.Registry;
import io.tagway.registry.RegistryStatus;
import io.tagway.route.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How well the registry is known and what BGP announces, in words for {@code /health} and as JSON
 * for the page.
 */
final class StatusReport {
  private final Registry registry;
  private final Supplier<Optional<BgpStatus>> anycast;
  private final InstantSource clock;

  /**
   * @param anycast what is announced by BGP; empty if nothing is to be
   */
  StatusReport(Registry registry, Supplier<Optional<BgpStatus>> anycast, InstantSource clock) {
    this.registry = registry;
    this.anycast = anycast;
    this.clock = clock;
  }

  /**
   * {@code OK} and nothing else while the registry answers, as Fabio says it and Consul's check
   * expects it; a second line otherwise. The router works with its last good table, so this never
   * turns into a failure.
   */
  String health() {
    RegistryStatus status = registry.status();
    String reason = status.lastError().isEmpty() ? "" : " (" + oneLine(status.lastError()) + ")";
    return switch (status.state()) {
      case CURRENT -> "OK\n";
      case CONNECTING -> "OK\nregistry: no answer yet" + reason + "\n";
      case STALE -> "OK\nregistry: stale" + age(status.lastGood()) + reason + "\n";
    };
  }

  private String age(Optional<Instant> since) {
    return since.map(when -> " for " + seconds(when) + "s").orElse("");
  }

  private long seconds(Instant since) {
    return Math.max(0, Duration.between(since, clock.instant()).toSeconds());
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\p{Cntrl}+", " ");
  }

  /** {@code /api/status}: the summary with every problem. */
  String whole(LiveTable.Snapshot snapshot) {
    StringBuilder out = new StringBuilder();
    summary(out, snapshot);
    TableJson.list(out.append(",\"problems\":"), registry.problems(), StatusReport::problem);
    anycast
        .get()
        .ifPresent(bgp -> AnycastJson.whole(out.append(",\"bgp\":"), bgp, clock.instant()));
    return out.append('}').toString();
  }

  /**
   * What goes to open pages every few seconds: counts only.
   *
   * @param problems the problems to count
   * @param problemsVersion changes with the problems, so that a page knows when to fetch them
   * @param absentVersion the same for the routes of instances that are not well; 0 if there never
   *     were any
   */
  String brief(
      LiveTable.Snapshot snapshot,
      List<Problem> problems,
      long problemsVersion,
      long absentVersion) {
    StringBuilder out = new StringBuilder();
    summary(out, snapshot);
    anycast.get().ifPresent(bgp -> AnycastJson.brief(out.append(",\"bgp\":"), bgp));
    out.append(",\"absentVersion\":").append(absentVersion);
    out.append(",\"problemCount\":").append(problems.size());
    return out.append(",\"problemsVersion\":").append(problemsVersion).append('}').toString();
  }

  /** Appends how the registry is, without the brace at the end. */
  void summary(StringBuilder out, LiveTable.Snapshot snapshot) {
    RegistryStatus status = registry.status();
    TableJson.text(out.append('{'), "backend", status.backend());
    TableJson.text(out.append(','), "state", status.state().name().toLowerCase(Locale.ROOT));
    seconds(out.append(",\"lastGoodSeconds\":"), status.lastGood());
    seconds(out.append(",\"tableSeconds\":"), status.tableSince());
    TableJson.text(out.append(','), "error", status.lastError());
    TableJson.text(out.append(','), "version", snapshot.version());
    out.append(",\"routes\":").append(snapshot.table().routes().size());
    out.append(",\"targets\":").append(snapshot.table().targetCount());
  }

  private void seconds(StringBuilder out, Optional<Instant> since) {
    if (since.isEmpty()) {
      out.append("null");
    } else {
      TableJson.seconds(out, since.get(), clock.instant());
    }
  }

  /** {@code /api/absent}: the routes that instances ask for that are not well. */
  String absent() {
    StringBuilder out = new StringBuilder();
    TableJson.list(out, registry.absent(), TableJson::absent);
    return out.toString();
  }

  /** Appends one problem. */
  static void problem(StringBuilder out, Problem problem) {
    TableJson.origin(out.append("{\"origin\":"), problem.origin());
    TableJson.text(out.append(','), "text", problem.text());
    TableJson.text(out.append(','), "reason", problem.reason());
    TableJson.text(out.append(','), "fits", problem.fits());
    out.append('}');
  }
}
