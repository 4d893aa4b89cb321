package io.tagway.admin;

import io.tagway.bgp.BgpStatus;
import io.tagway.bgp.BgpStatus.PeerStatus;
import io.tagway.bgp.PeerState;
import io.tagway.metrics.ProcessMemory;
import io.tagway.metrics.TargetStats;
import io.tagway.route.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Traffic as a test wants it, counted by the clock. */
final class Traffic {
  private Traffic() {}

  /**
   * Targets that are asked evenly.
   *
   * @param perSecond requests of each target
   * @param errorShare of these, 0 to 1
   */
  static Function<Target, TargetStats> of(
      ToDoubleFunction<Target> perSecond, ToDoubleFunction<Target> errorShare) {
    long start = System.nanoTime();
    return target -> {
      double rate = perSecond.applyAsDouble(target);
      if (rate == 0) {
        return TargetStats.NOTHING;
      }
      double share = errorShare.applyAsDouble(target);
      double seconds = 100 + (System.nanoTime() - start) / 1e9;
      long requests = Math.round(rate * seconds);
      return new TargetStats(
          requests,
          Math.round(requests * share),
          rate,
          rate * share,
          2.1e6 + 1e4 * rate,
          38e6 + 1e6 * rate,
          Math.round(Math.sqrt(rate)),
          share > 0 ? List.of(200, 404, 502) : List.of(200, 304));
    };
  }

  /** A router with listeners and certificates, of which one ends soon and one has ended. */
  static Vitals vitals() {
    Instant now = Instant.now();
    return new Vitals(
        "17.0.17 (Debian)",
        now.minus(Duration.ofHours(100)),
        List.of(
            new Vitals.Listening("proxy", ":80", "http", "", true),
            new Vitals.Listening("proxy", ":443", "https", "edge", true),
            new Vitals.Listening("proxy", ":5432", "tcp", "", false),
            new Vitals.Listening("ui", ":9998", "http", "", true)),
        List.of(
            certificate("old.example.com", now.minus(Duration.ofDays(3))),
            certificate("shop.example.com", now.plus(Duration.ofDays(9)).plusSeconds(600)),
            certificate("*.example.com", now.plus(Duration.ofDays(61)).plusSeconds(600))),
        List.of(0.0006, 0.0031, 0.0004),
        new ProcessMemory(61L << 20, 256L << 20, 18L << 20, 171L << 20));
  }

  /** One peer that hears of an address, and one that cannot be reached. */
  static BgpStatus anycast() {
    Instant now = Instant.now();
    List<String> prefixes = List.of("10.9.9.9/32");
    return new BgpStatus(
        true,
        prefixes,
        List.of(
            new PeerStatus(
                "192.0.2.1",
                65001,
                PeerState.ESTABLISHED,
                now.minus(Duration.ofHours(99)),
                prefixes,
                ""),
            new PeerStatus(
                "192.0.2.2",
                65001,
                PeerState.ACTIVE,
                now.minusSeconds(40),
                List.of(),
                "connection refused")));
  }

  private static Vitals.Certificate certificate(String name, Instant end) {
    return new Vitals.Certificate(
        List.of(name),
        "CN=Example Issuing CA 2,O=Example",
        "/etc/tagway/certs/" + name.replace("*", "wildcard") + ".pem",
        end.minus(Duration.ofDays(90)),
        end);
  }
}
