package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.route.CommandText;
import io.tagway.route.Line;
import io.tagway.route.Origin;
import io.tagway.route.PathMatcher;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Meters come and go with routes. */
class RouteSeriesTest {
  private record Attached(RouteMeters meters) implements Target.Attachment {}

  private final Meters meters = Meters.silent();
  private final RouteSeries series = new RouteSeries(meters);
  private final Table.Options options =
      new Table.Options(
          PathMatcher.PREFIX, Strategy.RR, true, target -> new Attached(series.of(target)));
  private Table table = Table.empty(options);

  @Test
  void aRouteShowsWithItsFirstRequestAndGoesWithTheRoute() {
    use("route add a a.test/ http://10.0.0.1:80/", "route add b b.test/ http://10.0.0.2:80/");
    of("a.test").answered(200, 1_000_000);
    of("b.test").answered(503, 1_000_000);
    assertEquals(
        List.of(
            "http.status[200, a]",
            "http.status[503, b]",
            "requests[a]",
            "requests[b]",
            "route[a, a.test, /, http://10.0.0.1:80/]",
            "route[b, b.test, /, http://10.0.0.2:80/]"),
        seen());

    RouteMeters gone = of("b.test");
    use("route add a a.test/ http://10.0.0.1:80/");
    gone.answered(200, 1);
    assertEquals(
        List.of("http.status[200, a]", "requests[a]", "route[a, a.test, /, http://10.0.0.1:80/]"),
        seen());
  }

  @Test
  void countsGoOnWhenARouteIsRebuilt() {
    use("route add a a.test/ http://10.0.0.1:80/");
    of("a.test").answered(200, 1);
    use("route add a a.test/ http://10.0.0.1:80/", "route add a a.test/ http://10.0.0.3:80/");
    use("route add a a.test/ http://10.0.0.1:80/ opts \"strip=/x\"");
    of("a.test").answered(200, 1);

    assertEquals(2, of("a.test").stats().requests());
  }

  @Test
  void aServiceStaysAsLongAsOneOfItsRoutes() {
    use("route add a a.test/ http://10.0.0.1:80/", "route add a b.test/ http://10.0.0.1:80/");
    of("a.test").answered(200, 1);
    use("route add a b.test/ http://10.0.0.1:80/");
    assertEquals(List.of("http.status[200, a]", "requests[a]"), seen());

    use();
    assertEquals(List.of(), seen());
    assertEquals(0, series.size());
  }

  @Test
  void tablesThatWereNeverUsedLeaveNothing() {
    use("route add a a.test/ http://10.0.0.1:80/");
    Table.of(options, Map.of(), lines("route add x x.test/ http://10.0.0.9:80/"));
    use("route add a a.test/ http://10.0.0.1:80/", "route add b b.test/ http://10.0.0.2:80/");
    use();

    assertEquals(0, series.size());
  }

  @Test
  void tenThousandChangesLeaveNothing() {
    use("route add steady s.test/ http://10.0.0.1:80/");
    of("s.test").answered(200, 1);
    int baseline = meters.size();
    int routes = series.size();
    long heap = heap();
    for (int i = 0; i < 10_000; i++) {
      String host = "h" + i + ".test";
      use(
          "route add steady s.test/ http://10.0.0.1:80/",
          "route add svc" + i + " " + host + "/ http://10.1." + i / 250 + "." + i % 250 + ":80/");
      of(host).answered(200, 1_000_000);
      of(host).upstream().failed(PathMatcher.PREFIX);
    }
    use("route add steady s.test/ http://10.0.0.1:80/");

    assertEquals(baseline, meters.size());
    assertEquals(routes, series.size());
    long grown = heap() - heap;
    assertTrue(grown < 2 << 20, () -> grown + " bytes more");
  }

  /** With ten thousand routes in use the heap of the launcher's flags has to be enough. */
  @Test
  void aRouteInUseTakesLittleMemory() {
    int routes = 2_000;
    String[] commands = new String[routes];
    for (int i = 0; i < routes; i++) {
      commands[i] = "route add svc" + i + " h" + i + ".test/ http://10.1.0.1:" + (1000 + i) + "/";
    }
    use(commands);
    List<RouteMeters> all =
        table.routes().stream()
            .map(route -> ((Attached) route.targets().get(0).attachment()).meters())
            .toList();
    long heap = heap();
    SplittableRandom random = new SplittableRandom(7);
    for (int look = 0; look < 13; look++) {
      for (RouteMeters one : all) {
        one.answered(200, (long) (2e6 * Math.exp(0.7 * random.nextGaussian())));
      }
      series.look(5);
    }
    long each = (heap() - heap) / routes;
    assertTrue(each < 3_000, () -> each + " bytes for a route");
  }

  @Test
  void aTargetTellsHowItIsDoing() {
    use("route add a a.test/ http://10.0.0.1:80/");
    RouteMeters target = of("a.test");
    series.look(5);
    for (int i = 0; i < 100; i++) {
      target.answered(i < 10 ? 500 : 200, 1_000_000);
    }
    target.address().opened();
    series.look(5);

    TargetStats stats = target.stats();
    assertEquals(100, stats.requests());
    // After five seconds at 20/s the mean of a minute is at 8 % of it.
    assertEquals(20 * (1 - Math.exp(-5 / 60.0)), stats.requestsPerSecond(), 0.01);
    assertEquals(stats.requestsPerSecond() / 10, stats.errorsPerSecond(), 0.01);
    assertEquals(1e6, stats.p50Nanos(), 1e5);
    assertEquals(1e6, stats.p99Nanos(), 1e5);
    assertEquals(1, stats.openConnections());
    assertEquals(10, stats.errors());
    assertEquals(List.of(200, 500), stats.statuses());

    for (int i = 0; i < 500; i++) {
      series.look(5);
    }
    assertEquals(0, target.stats().requestsPerSecond(), 1e-3);
    assertEquals(0, target.stats().p99Nanos());
    assertEquals(List.of(), target.stats().statuses());
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void use(String... commands) {
    Table next = table.withManual(lines(commands));
    series.swapped(table, next);
    table = next;
  }

  private static List<Line> lines(String... commands) {
    return CommandText.parse(
            String.join("\n", commands), new Origin(Origin.Kind.OVERRIDE, "", "", 0))
        .lines();
  }

  private RouteMeters of(String host) {
    Target target =
        table.routes().stream()
            .filter(route -> route.host().equals(host))
            .findFirst()
            .orElseThrow()
            .targets()
            .get(0);
    return ((Attached) target.attachment()).meters();
  }

  private List<String> seen() {
    List<String> seen = new ArrayList<>();
    meters.each(
        (family, shown) -> {
          if (family.isFabios()) {
            shown.forEach(meter -> seen.add(family.name() + meter.values()));
          }
        });
    return seen;
  }
}
