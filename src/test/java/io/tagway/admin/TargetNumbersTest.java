package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tagway.metrics.TargetStats;
import io.tagway.route.Table;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetNumbersTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String A = "route add a a.test/ http://10.0.0.1:80/";
  private static final String B = "route add b b.test/ http://10.0.0.2:80/";
  private static final String C = "route add c c.test/ http://10.0.0.3:80/";

  private final Map<String, TargetStats> stats = new HashMap<>();
  private final TargetNumbers numbers =
      new TargetNumbers(target -> stats.getOrDefault(target.service(), TargetStats.NOTHING));

  private static LiveTable.Snapshot snapshot(String... commands) {
    Table table = Tables.of(commands);
    return new LiveTable.Snapshot("r-1", table);
  }

  private void count(String service, long requests, long errors) {
    stats.put(
        service,
        new TargetStats(requests, errors, 0, 0, 1_500_000, 20_000_000, 3, List.of(200, 502)));
  }

  private JsonArray look(LiveTable.Snapshot snapshot, long seconds) {
    JsonObject told = new JsonObject(numbers.look(snapshot, seconds * SECOND).json());
    assertEquals("r-1", told.getString("version"));
    return told.getJsonArray("targets");
  }

  @Test
  void onlyTargetsWithTrafficAreNamedByTheirPlace() {
    count("b", 100, 0);
    look(snapshot(A, B, C), 0);
    count("b", 120, 4);
    assertEquals(new JsonArray("[[1,10,2,1.5,20,3,[200,502]]]"), look(snapshot(A, B, C), 2));
  }

  @Test
  void theFirstLookHasNoRates() {
    count("a", 1_000_000, 5);
    assertEquals(new JsonArray("[[0,0,0,1.5,20,3,[200,502]]]"), look(snapshot(A), 0));
  }

  @Test
  void aTargetThatWasSilentBeforeCountsFromNothing() {
    look(snapshot(A, B), 0);
    count("b", 30, 0);
    assertEquals(15, look(snapshot(A, B), 2).getJsonArray(0).getDouble(1));
  }

  @Test
  void ratesAreThoseOfTenSeconds() {
    for (int second = 0; second <= 20; second += 2) {
      count("a", second < 10 ? 0 : 100L * (second - 10), 0);
      look(snapshot(A), second);
    }
    count("a", 1_000, 0);
    assertEquals(83.33, look(snapshot(A), 22).getJsonArray(0).getDouble(1), 20);
    for (int second = 24; second <= 34; second += 2) {
      look(snapshot(A), second);
    }
    assertEquals(0, look(snapshot(A), 36).getJsonArray(0).getDouble(1));
  }

  @Test
  void aRouteThatIsBuiltAgainOrMovesGoesOn() {
    count("b", 100, 0);
    look(snapshot(A, B), 0);
    count("b", 140, 0);
    JsonArray told = look(snapshot(A, B + " opts \"strip=/x\"", C), 4);
    assertEquals(1, told.size());
    assertEquals(1, told.getJsonArray(0).getInteger(0));
    assertEquals(10, told.getJsonArray(0).getDouble(1));
    count("b", 160, 0);
    assertEquals(0, look(snapshot(B), 6).getJsonArray(0).getInteger(0));
  }

  @Test
  void countersThatBeginAnewGiveNoNegativeRate() {
    count("a", 100, 9);
    look(snapshot(A), 0);
    count("a", 3, 0);
    assertEquals(0, look(snapshot(A), 2).getJsonArray(0).getDouble(1));
  }
}
