package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tagway.route.CommandText;
import io.tagway.route.Origin;
import io.tagway.route.Parsed;
import io.tagway.route.PathMatcher;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.tagway.testkit.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableUpdaterTest {
  private static final Table.Options OPTIONS =
      new Table.Options(
          PathMatcher.PREFIX, Strategy.RND, true, target -> new Target.Attachment() {});

  private final List<String> swaps = new ArrayList<>();
  private final List<Set<String>> aliases = new ArrayList<>();

  private final TableUpdater updater =
      new TableUpdater(
          OPTIONS,
          new RouteLog("delta"),
          (before, after) -> swaps.add(before.text() + " => " + after.text()),
          aliases::add);

  private static Parsed tag(String service, String lines) {
    return CommandText.parse(lines, new Origin(Origin.Kind.TAG, service, "n/" + service, 0));
  }

  private static Parsed manual(String lines) {
    return CommandText.parse(lines, new Origin(Origin.Kind.OVERRIDE, "fabio/config", "", 0));
  }

  @Test
  void the_first_table_waits_for_services_and_manual_commands() {
    updater.services(Map.of("a", tag("a", "route add a /a http://h:1/")));
    assertEquals(List.of(), swaps);
    updater.services(Map.of("b", tag("b", "route add b /b http://h:2/")));
    updater.manual(manual("route del b"));
    assertEquals(List.of(" => route add a /a http://h:1/"), swaps);
  }

  @Test
  void an_empty_catalog_and_no_overrides_are_a_table_too() {
    updater.manual(manual(""));
    updater.services(Map.of());
    assertEquals(List.of(" => "), swaps);
  }

  @Test
  void a_line_that_the_table_refuses_is_told_as_a_problem_only() {
    updater.manual(manual(""));
    try (LogCapture log = new LogCapture()) {
      updater.services(
          Map.of(
              "a", tag("a", "route add a /a http://h:1/"),
              "b", tag("b", "route add b b.test[/ http://h:2/")));
      assertEquals(
          List.of("INFO Config updates\n+ route add a /a http://h:1/"),
          log.lines("Config updates"));
      assertEquals(1, updater.problems().size());
    }
  }

  @Test
  void nothing_is_swapped_when_nothing_changed() {
    updater.manual(manual("# nothing"));
    updater.services(Map.of("a", tag("a", "route add a /a http://h:1/")));
    Table table = updater.table();
    updater.services(Map.of("a", tag("a", "route add a /a http://h:1/")));
    updater.services(Map.of("gone", tag("gone", "")));
    updater.manual(manual(""));
    assertSame(table, updater.table());
    assertEquals(1, swaps.size());
  }

  @Test
  void problems_stay_until_they_are_mended() {
    updater.manual(manual("rout"));
    updater.services(
        Map.of("a", tag("a", "route add a /a http://h:1/\nroute add a /x http://h:1/ weight w")));
    assertEquals(
        List.of("a", "fabio/config"),
        updater.problems().stream().map(problem -> problem.origin().name()).toList());
    updater.manual(manual(""));
    updater.services(Map.of("a", tag("a", "route add a /a http://h:1/")));
    assertEquals(List.of(), updater.problems());
    assertEquals(1, swaps.size());
  }

  @Test
  void aliases_are_counted_over_services_and_overrides() {
    String line = "route add %s /%s http://h:1/ opts \"register=%s\"";
    updater.manual(manual(""));
    updater.services(Map.of("a", tag("a", line.formatted("a", "a", "x"))));
    updater.services(Map.of("b", tag("b", line.formatted("b", "b", "x"))));
    updater.manual(manual(line.formatted("c", "c", "y") + "\nroute del c"));
    updater.services(Map.of("a", tag("a", "")));
    updater.services(Map.of("b", tag("b", line.formatted("b", "b", ""))));
    assertEquals(List.of(Set.of("x"), Set.of("x", "y"), Set.of("y")), aliases);
    assertEquals(
        List.of("no name to register"),
        updater.problems().stream().map(problem -> problem.reason()).toList());
  }

  @Test
  void the_delta_has_what_was_taken_away_and_what_was_added() {
    assertEquals(
        List.of(
            "- route add a /a http://h:1/",
            "+ route add a /a http://h:3/",
            "+ route add b /b http://h:2/"),
        RouteLog.delta(
            Map.of("a", tag("a", "route add a /a http://h:1/\nroute add a /k http://h:1/").lines()),
            Map.of(
                "a",
                tag("a", "route add a /k http://h:1/\nroute add a /a http://h:3/").lines(),
                "b",
                tag("b", "route add b /b http://h:2/").lines())));
  }
}
