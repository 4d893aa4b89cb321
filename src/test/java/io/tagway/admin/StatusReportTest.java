package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.bgp.BgpStatus;
import io.tagway.bgp.BgpStatus.PeerStatus;
import io.tagway.bgp.PeerState;
import io.tagway.registry.RegistryStatus.State;
import io.tagway.route.Origin;
import io.tagway.route.Problem;
import io.tagway.route.Table;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusReportTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private final Table table =
      Tables.of("route add a /a http://10.0.0.1:80/", "route add a /a http://10.0.0.2:80/");
  private final MemoryRegistry registry = new MemoryRegistry(table);
  private final StatusReport report = new StatusReport(registry, Optional::empty, () -> NOW);

  @Test
  void freshIsOkAndNothingElse() {
    assertEquals("OK\n", report.health());
  }

  @Test
  void staleTellsSinceWhenAndWhyOnOneLine() {
    registry.become(State.STALE, NOW.minusSeconds(12), "connection\nrefused");
    assertEquals("OK\nregistry: stale for 12s (connection refused)\n", report.health());
  }

  @Test
  void noTableYetIsToldToo() {
    registry.become(State.CONNECTING, NOW, "");
    assertEquals("OK\nregistry: no answer yet\n", report.health());
  }

  @Test
  void aClockThatWentBackGivesNoNegativeAge() {
    registry.become(State.STALE, NOW.plusSeconds(5), "x");
    assertEquals("OK\nregistry: stale for 0s (x)\n", report.health());
  }

  @Test
  void theWholeReportNamesEachProblem() {
    registry.become(State.STALE, NOW.minusMillis(1500), "no route to host");
    registry.find(
        List.of(
            new Problem(
                new Origin(Origin.Kind.TAG, "web", "n1/web-1", 0), "urlprefix-x", "bad", "good")));
    JsonObject json = new JsonObject(report.whole(new LiveTable.Snapshot("r-7", table)));
    assertEquals("stale", json.getString("state"));
    assertEquals(1.5, json.getDouble("lastGoodSeconds"));
    assertEquals("no route to host", json.getString("error"));
    assertEquals("r-7", json.getString("version"));
    assertEquals(1, json.getInteger("routes"));
    assertEquals(2, json.getInteger("targets"));
    JsonObject problem = json.getJsonArray("problems").getJsonObject(0);
    assertEquals("urlprefix-x", problem.getString("text"));
    assertEquals("n1/web-1", problem.getJsonObject("origin").getString("detail"));
    assertEquals("good", problem.getString("fits"));
  }

  @Test
  void peersOfBgpAreToldWhereThereAreAny() {
    BgpStatus bgp =
        new BgpStatus(
            true,
            List.of("10.9.9.9/32"),
            List.of(
                new PeerStatus(
                    "192.0.2.1",
                    65001,
                    PeerState.ESTABLISHED,
                    NOW.minusSeconds(3),
                    List.of("10.9.9.9/32"),
                    ""),
                new PeerStatus(
                    "192.0.2.2",
                    65001,
                    PeerState.ACTIVE,
                    NOW,
                    List.of(),
                    "connection \"refused\"")));
    StatusReport telling = new StatusReport(registry, () -> Optional.of(bgp), () -> NOW);
    LiveTable.Snapshot snapshot = new LiveTable.Snapshot("r-7", table);

    JsonObject whole = new JsonObject(telling.whole(snapshot)).getJsonObject("bgp");
    assertEquals(true, whole.getBoolean("announcing"));
    JsonObject up = whole.getJsonArray("peers").getJsonObject(0);
    assertEquals("Established", up.getString("state"));
    assertEquals(3.0, up.getDouble("sinceSeconds"));
    assertEquals("10.9.9.9/32", up.getJsonArray("announced").getString(0));
    JsonObject down = whole.getJsonArray("peers").getJsonObject(1);
    assertEquals("connection \"refused\"", down.getString("lastFault"));
    JsonObject brief =
        new JsonObject(telling.brief(snapshot, List.of(), 3, 0)).getJsonObject("bgp");
    assertEquals(
        new JsonObject("{\"announcing\":true,\"prefixes\":1,\"peers\":2,\"peersUp\":1}"), brief);
  }

  @Test
  void theBriefReportOnlyCountsThem() {
    String brief = report.brief(new LiveTable.Snapshot("r-7", table), List.of(), 3, 0);
    assertTrue(brief.endsWith(",\"problemCount\":0,\"problemsVersion\":3}"), brief);
  }
}
