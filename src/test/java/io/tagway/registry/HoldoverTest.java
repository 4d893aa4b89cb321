package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.consul.ManualTimers;
import io.tagway.route.CommandText;
import io.tagway.route.Origin;
import io.tagway.route.Parsed;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HoldoverTest {
  private static final Parsed NOTHING = new Parsed(List.of(), List.of());
  private static final Parsed ROUTE =
      CommandText.parse("route add a /a http://h:1/", new Origin(Origin.Kind.TAG, "a", "n/a-1", 0));

  private final ManualTimers timers = new ManualTimers();
  private final StatusBoard board = new StatusBoard("consul", Clock.systemUTC(), () -> {});
  private final List<String> out = new ArrayList<>();
  private final Holdover holdover =
      new Holdover(
          Duration.ofSeconds(10),
          timers,
          board.part("outage"),
          changed -> {
            Map<String, Integer> counts = new TreeMap<>();
            changed.forEach((name, parsed) -> counts.put(name, parsed.lines().size()));
            out.add(counts.toString());
          });

  @Test
  void in_quiet_times_everything_passes() {
    holdover.back("checks"); // the first answer ever
    holdover.services(Map.of("a", ROUTE));
    holdover.services(Map.of("a", NOTHING));
    assertEquals(List.of("{a=1}", "{a=0}"), out);
  }

  @Test
  void after_an_outage_a_last_route_is_kept_until_the_service_is_back() {
    holdover.services(Map.of("a", ROUTE, "b", ROUTE));
    holdover.away("checks");
    holdover.away("catalog");
    holdover.back("checks");
    holdover.services(Map.of("a", NOTHING, "c", ROUTE));
    holdover.back("catalog");
    assertTrue(board.status().lastError().contains("1 service is not healthy again yet"));
    holdover.services(Map.of("a", ROUTE));
    assertEquals("", board.status().lastError());
    timers.pass(Duration.ofMinutes(1));
    assertEquals(List.of("{a=1, b=1}", "{c=1}", "{a=1}"), out);
  }

  @Test
  void when_the_time_is_over_what_consul_says_counts() {
    holdover.services(Map.of("a", ROUTE));
    holdover.away("checks");
    holdover.services(Map.of("a", NOTHING));
    timers.pass(Duration.ofMinutes(1));
    assertEquals(List.of("{a=1}", "{}"), out);
    holdover.back("checks");
    timers.pass(Duration.ofSeconds(9));
    assertEquals(List.of("{a=1}", "{}"), out);
    timers.pass(Duration.ofSeconds(1));
    assertEquals(List.of("{a=1}", "{}", "{a=0}"), out);
    assertEquals("", board.status().lastError());
    holdover.services(Map.of("a", ROUTE));
    holdover.services(Map.of("a", NOTHING));
    assertEquals(List.of("{a=1}", "{}", "{a=0}", "{a=1}", "{a=0}"), out);
  }
}
