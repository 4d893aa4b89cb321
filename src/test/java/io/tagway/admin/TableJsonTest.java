package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.metrics.TargetStats;
import io.tagway.route.Table;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableJsonTest {
  @Test
  void anEmptyTableIsNull() {
    assertEquals("null", flat(Tables.of()));
  }

  @Test
  void membersStandInFabiosOrder() {
    assertEquals(
        "[{\"service\":\"web\",\"host\":\"a.example\",\"path\":\"/x\",\"src\":\"a.example/x\",\"dst\":\"http://10.0.0.1:80/\",\"opts\":\"proto=http"
            + " strip=/x\",\"cmd\":\"route add\","
            + "\"tags\":[\"a\",\"b\"],\"weight\":1,\"rate1\":0,\"pct99\":0}]",
        flat(
            Tables.of(
                "route add web a.example/x http://10.0.0.1:80/ tags \"a,b\""
                    + " opts \"strip=/x proto=http\"")));
  }

  @Test
  void withoutTagsThereIsNoSuchMember() {
    String json = flat(Tables.of("route add web /x http://10.0.0.1:80/"));
    assertTrue(json.contains("\"cmd\":\"route add\",\"weight\":1,"), json);
  }

  @Test
  void hostsAscendAndPathsDescendAndIdleTargetsAreShown() {
    String json =
        flat(
            Tables.of(
                "route add s b.example/ http://10.0.0.1:80/ weight 1",
                "route add s b.example/ http://10.0.0.2:80/",
                "route add s a.example/a http://10.0.0.3:80/",
                "route add s a.example/b http://10.0.0.4:80/",
                "route add s /z http://10.0.0.5:80/"));
    List<String> rows =
        new JsonArray(json)
            .stream()
                .map(JsonObject.class::cast)
                .map(row -> row.getString("src") + " " + row.getValue("weight"))
                .toList();
    assertEquals(
        List.of("/z 1", "a.example/b 1", "a.example/a 1", "b.example/ 1", "b.example/ 0"), rows);
  }

  @Test
  void whatATagContainsIsOnlyEverText() {
    String json = flat(Tables.of("route add web /x http://10.0.0.1:80/ tags \"<script>&\""));
    assertTrue(json.contains("[\"\\u003cscript\\u003e\\u0026\"]"), json);
  }

  @Test
  void thePageIsToldWhereARouteComesFrom() {
    var table =
        io.tagway.route.Table.of(
            Tables.OPTIONS,
            Map.of(
                "web",
                List.of(Tables.tag("web", "n1", "web-1", "route add web /x http://10.0.0.1:80/"))),
            List.of());
    JsonObject whole = new JsonObject(TableJson.whole("r-1", table));
    JsonObject target =
        whole.getJsonArray("routes").getJsonObject(0).getJsonArray("targets").getJsonObject(0);
    assertEquals(
        new JsonObject()
            .put("kind", "tag")
            .put("name", "web")
            .put("detail", "n1/web-1")
            .put("line", 0),
        target.getJsonObject("origin"));
  }

  @Test
  void ratesAndPercentilesAreThoseOfTheTarget() {
    TargetStats stats = new TargetStats(9, 0, 1.5, 0, 1e6, 2_500_000.4, 1, List.of());
    String json =
        TableJson.flat(Tables.of("route add web /x http://10.0.0.1:80/"), target -> stats);

    assertTrue(json.endsWith("\"rate1\":1.5,\"pct99\":2500000}]"), json);
  }

  private static String flat(Table table) {
    return TableJson.flat(table, target -> TargetStats.NOTHING);
  }
}
