package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.route.Difference.Cause;
import io.tagway.route.Difference.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final class Attached implements Target.Attachment {}

  private final List<Target> resolved = new ArrayList<>();
  private final Table.Options options =
      new Table.Options(
          PathMatcher.PREFIX,
          Strategy.RND,
          true,
          target -> {
            resolved.add(target);
            return new Attached();
          });
  private final Table empty = Table.empty(options);

  private static List<Line> manual(String key, String text) {
    return CommandText.parse(text, new Origin(Origin.Kind.OVERRIDE, key, "", 0)).lines();
  }

  private static Map<String, List<Line>> service(String name, String... commands) {
    Origin origin = new Origin(Origin.Kind.TAG, name, "node/" + name, 0);
    return Map.of(name, CommandText.parse(String.join("\n", commands), origin).lines());
  }

  private static Difference between(Table older, Table newer) {
    return Difference.between(older, newer, 100);
  }

  @Test
  void aServiceThatComesGoesAndMoves() {
    Table one = empty.withServices(service("web", "route add web /a http://10.0.0.1:80/"));
    Change come = new Change("/a", "", "route add web /a http://10.0.0.1:80/", 1);
    assertEquals(
        new Difference(List.of(new Cause(Origin.Kind.TAG, "web")), List.of(come), 1, 0, 0),
        between(empty, one));
    Difference gone = between(one, one.withServices(Map.of("web", List.of())));
    assertEquals(List.of(new Change("/a", come.after(), "", 1)), gone.changes());
    assertEquals(1, gone.removed());
    Difference moved =
        between(one, one.withServices(service("web", "route add web /a http://10.0.0.2:80/")));
    assertEquals(1, moved.added());
    assertEquals(1, moved.removed());
    assertEquals(0, moved.altered());
  }

  @Test
  void otherOptionsTagsOrWeightAreAlterations() {
    Table one = empty.withServices(service("web", "route add web /a http://10.0.0.1:80/"));
    Table two =
        one.withServices(service("web", "route add web /a http://10.0.0.1:80/ opts \"strip=/a\""));
    Difference altered = between(one, two);
    assertEquals(1, altered.altered());
    assertEquals(
        List.of(
            new Change(
                "/a",
                "route add web /a http://10.0.0.1:80/",
                "route add web /a http://10.0.0.1:80/ opts \"strip=/a\"",
                1)),
        altered.changes());
    Difference weighed =
        between(one, one.withManual(manual("k", "route weight web /a weight 0.5")));
    assertEquals(List.of(new Cause(Origin.Kind.OVERRIDE, "k")), weighed.causes());
    assertEquals(1, weighed.altered());
  }

  @Test
  void theKeyThatDiffersIsTheCauseAndNotTheOthers() {
    List<Line> both = new ArrayList<>(manual("k/a", "route add a /a http://10.0.0.1:80/"));
    both.addAll(manual("k/b", "route add b /b http://10.0.0.2:80/"));
    List<Line> later = new ArrayList<>(manual("k/a", "route add a /a http://10.0.0.1:80/"));
    later.addAll(manual("k/b", "route add b /b http://10.0.0.3:80/"));
    Table one = empty.withManual(both);
    assertEquals(
        List.of(new Cause(Origin.Kind.OVERRIDE, "k/b")),
        between(one, one.withManual(later)).causes());
    assertEquals(
        List.of(new Cause(Origin.Kind.OVERRIDE, "k/b")),
        between(one, one.withManual(manual("k/a", "route add a /a http://10.0.0.1:80/"))).causes());
  }

  @Test
  void twoTargetsThatLookAlikeAreTwo() {
    Table two =
        empty.withManual(
            manual("k", "route add a /a http://h:1/ tags \"x\"\nroute add a /a http://h:1/"));
    assertTrue(between(two, two).isEmpty());
    Table one = two.withManual(manual("k", "route add a /a http://h:1/ tags \"x\""));
    assertEquals(
        two.targetCount() - one.targetCount(), between(two, one).removed(), "as the table says");
  }

  @Test
  void whatIsNotToldIsCounted() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      text.append("route add a /").append(i).append(" http://10.0.0.1:80/\n");
    }
    Difference much = Difference.between(empty, empty.withManual(manual("k", text.toString())), 7);
    assertEquals(7, much.changes().size());
    assertEquals(50, much.added());
  }

  @Test
  void aTriedTableResolvesNothingAndLeavesTheOtherAsItIs() {
    Table one = empty.withServices(service("web", "route add web /a http://10.0.0.1:80/"));
    int before = resolved.size();
    Table tried =
        one.tryManual(
            manual("k", "route add web /a http://10.0.0.2:80/\nroute add b /b http://h:1/"));
    assertEquals(before, resolved.size());
    assertEquals(2, between(one, tried).added());
    assertEquals(1, one.targetCount());
    Target kept = tried.routes().get(1).targets().get(0);
    assertSame(one.routes().get(0).targets().get(0).attachment(), kept.attachment());
  }

  @Test
  void theCostGoesByWhatDiffers() {
    Map<String, List<Line>> many = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      many.putAll(service("s" + i, "route add s" + i + " h" + i + "/ http://10.0.0.1:80/"));
    }
    Table large = empty.withServices(many);
    Table next = large.withServices(service("s7", "route add s7 h7/ http://10.0.0.2:80/"));
    assertEquals(1, next.routesNotIn(large).size());
    long start = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      assertEquals(1, between(large, next).added());
    }
    long micros = (System.nanoTime() - start) / 1_000_000;
    // Around ten here; a walk over all routes would take thousands.
    assertTrue(micros < 1_000, micros + " µs each");
  }
}
