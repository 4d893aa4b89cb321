package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an edit touches, and what it leaves as it is. */
class TableEditTest {
  private static Table services(String... names) {
    Map<String, List<Line>> services = new HashMap<>();
    for (String name : names) {
      services.put(name, lines(name));
    }
    return Table.of(Tables.options(), services, List.of());
  }

  private static List<Line> lines(String name) {
    return Tables.lines("route add " + name + " " + name + ".org/ http://10.0.0.1/");
  }

  private static Route route(Table table, String host) {
    return table.routes().stream().filter(r -> r.host().equals(host)).findFirst().orElseThrow();
  }

  @Test
  void anEditSharesEveryRouteThatItDoesNotConcern() {
    Table before = services("a", "b", "c");
    List<Line> moved = Tables.lines("route add b b.org/ http://10.0.0.2/");
    Table after = before.withServices(Map.of("b", moved));
    assertSame(route(before, "a.org"), route(after, "a.org"));
    assertSame(route(before, "c.org"), route(after, "c.org"));
    assertNotSame(route(before, "b.org"), route(after, "b.org"));
  }

  @Test
  void announcingTheSameAgainChangesNoRoute() {
    Table before = services("a", "b");
    Table after = before.withServices(Map.of("a", lines("a"), "b", lines("b")));
    assertEquals(before.routes(), after.routes());
  }

  @Test
  void aManualCommandTouchesOnlyTheRoutesThatItConcerns() {
    Table before = services("a", "b", "c");
    Table after =
        before.withManual(Tables.lines("route del a", "route weight b b.org/ weight 0.3"));
    assertEquals(List.of("b.org", "c.org"), after.routes().stream().map(Route::host).toList());
    assertSame(route(before, "c.org"), route(after, "c.org"));
    Table restored = after.withManual(List.of());
    assertEquals(before.text(), restored.text());
    assertSame(route(before, "c.org"), route(restored, "c.org"));
  }

  @Test
  void whatIsAttachedToATargetStaysWhenItsNeighboursChange() {
    Map<String, List<Line>> services = new HashMap<>();
    services.put("a", Tables.lines("route add a / http://10.0.0.1/"));
    services.put("b", Tables.lines("route add b / http://10.0.0.2/"));
    Table before = Table.of(Tables.options(), services, List.of());
    Table after =
        before.withServices(Map.of("b", Tables.lines("route add b / http://10.0.0.3/ weight 0.2")));
    Route old = before.routes().get(0);
    Route next = after.routes().get(0);
    assertEquals("[a, b]", next.targets().stream().map(Target::service).sorted().toList() + "");
    assertSame(named(old, "a").attachment(), named(next, "a").attachment());
    assertNotSame(named(old, "b").attachment(), named(next, "b").attachment());
    assertSame(next, named(next, "a").route());
    assertSame(old, named(old, "a").route());
  }

  @Test
  void aWeightKeepsWhatIsAttached() {
    Table before = Tables.of("route add a / http://10.0.0.1/", "route add b / http://10.0.0.2/");
    List<Line> weighed =
        Tables.lines(
            "route add a / http://10.0.0.1/",
            "route add b / http://10.0.0.2/",
            "route weight a / weight 0.1");
    Table after = before.withManual(weighed);
    for (String service : List.of("a", "b")) {
      assertSame(
          named(before.routes().get(0), service).attachment(),
          named(after.routes().get(0), service).attachment());
    }
  }

  @Test
  void theTurnGoesOnWhenTargetsChange() {
    Table before = Tables.of("route add a / http://10.0.0.1/", "route add b / http://10.0.0.2/");
    RouteRequest request = Tables.get("x", "/");
    assertEquals("a", before.lookup(request).service());
    Table after =
        before.withManual(
            Tables.lines(
                "route add a / http://10.0.0.1/",
                "route add b / http://10.0.0.2/",
                "route add c / http://10.0.0.3/"));
    assertEquals("b", after.lookup(request).service());
    assertEquals("c", after.lookup(request).service());
    assertEquals("a", Tables.of("route add a / http://10.0.0.1/").lookup(request).service());
  }

  @Test
  void attachesOnceToEachNewTargetWhenItIsComplete() {
    List<String> seen = new ArrayList<>();
    Table.Options options =
        new Table.Options(
            PathMatcher.PREFIX,
            Strategy.RR,
            true,
            target -> {
              seen.add(target.route().targets().size() + " " + target.destination());
              return new Tables.Attached();
            });
    Table table = Tables.of(options, "route add a / http://10.0.0.1/");
    table.withManual(
        Tables.lines("route add a / http://10.0.0.1/", "route add a / http://10.0.0.2/"));
    assertEquals(List.of("1 http://10.0.0.1/", "2 http://10.0.0.2/"), seen);
  }

  @Test
  void aServiceCanOnlyAdd() {
    Table table = Table.of(Tables.options(), Map.of("a", Tables.lines("route del b")), List.of());
    assertTrue(table.problems().get(0).reason().contains("only add"), table.problems()::toString);
    assertEquals(List.of(), table.withServices(Map.of("a", List.of())).problems());
  }

  @Test
  void ordersTheTargetsOfServicesAsWholeLinesDescendingThenTheManualOnes() {
    Map<String, List<Line>> services = new HashMap<>();
    services.put("a", Tables.lines("route add a / http://10.0.0.1/"));
    services.put(
        "b", Tables.lines("route add b / http://10.0.0.2/", "route add b / http://10.0.0.3/"));
    Table table =
        Table.of(Tables.options(), services, Tables.lines("route add z / http://10.0.0.9/"));
    assertEquals(
        List.of("10.0.0.3", "10.0.0.2", "10.0.0.1", "10.0.0.9"),
        table.routes().get(0).targets().stream().map(Target::host).toList());
  }

  @Test
  void tellsProblemsInTheOrderOfTheCommands() {
    Map<String, List<Line>> services = new HashMap<>();
    services.put("a", Tables.lines("route add a / bad"));
    services.put("b", Tables.lines("route add b / bad"));
    Table table =
        Table.of(
            Tables.options(),
            services,
            Tables.lines("route weight q /q weight 1", "route add m / bad", "route del m / 1:2"));
    assertEquals(
        List.of(
            "route add b / bad",
            "route add a / bad",
            "route weight q /q weight 1",
            "route add m / bad",
            "route del m / 1:2"),
        table.problems().stream().map(Problem::text).toList());
  }

  private static Target named(Route route, String service) {
    return route.targets().stream()
        .filter(target -> target.service().equals(service))
        .findFirst()
        .orElseThrow();
  }
}
