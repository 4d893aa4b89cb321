package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.route.Route;
import io.tagway.route.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableDeltaTest {
  private static List<String> changed(TableDelta delta) {
    return delta.changed().stream().map(route -> route.host() + route.path()).toList();
  }

  @Test
  void tablesThatLookAlikeDoNotDiffer() {
    String line = "route add a /a http://10.0.0.1:80/ tags \"t\"";
    assertTrue(TableDelta.between(Tables.of(line), Tables.of(line)).isEmpty());
  }

  @Test
  void newGoneAndAlteredRoutesAreNamed() {
    Table older =
        Tables.of(
            "route add a /same http://10.0.0.1:80/",
            "route add b /gone http://10.0.0.2:80/",
            "route add c /moved http://10.0.0.3:80/");
    Table newer =
        Tables.of(
            "route add a /same http://10.0.0.1:80/",
            "route add c /moved http://10.0.0.4:80/",
            "route add d /new http://10.0.0.5:80/");
    TableDelta delta = TableDelta.between(older, newer);
    assertEquals(List.of("/new", "/moved"), changed(delta));
    assertEquals(List.of("/gone"), delta.removed());
  }

  @Test
  void anotherWeightTagOptionOrOriginIsADifference() {
    Table plain = Tables.of("route add a /a http://10.0.0.1:80/");
    for (String more :
        List.of(" tags \"x\"", " opts \"strip=/a\"", "\nroute add a /a http://10.0.0.9:80/")) {
      Table other = Tables.of("route add a /a http://10.0.0.1:80/" + more);
      assertEquals(List.of("/a"), changed(TableDelta.between(plain, other)), more);
    }
    Table fromTag =
        Table.of(
            Tables.OPTIONS,
            Map.of("a", List.of(Tables.tag("a", "n", "a1", "route add a /a http://10.0.0.1:80/"))),
            List.of());
    assertEquals(List.of("/a"), changed(TableDelta.between(plain, fromTag)));
  }

  @Test
  void oneChangedServiceOfManyIsOneChangedRoute() {
    Table older = Tables.ofSize(300);
    Table newer = older.withServices(Map.of("svc-00007", List.of(Tables.line("svc-00007", 7, 99))));
    TableDelta delta = TableDelta.between(older, newer);
    assertEquals(List.of("host-0002.example.com/part-1"), changed(delta));
    assertEquals(1, delta.size());
    Route route = delta.changed().get(0);
    assertEquals("http://10.0.7.99:8080/", route.targets().get(0).destination());
  }
}
