package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.proxy.Failure;
import io.tagway.proxy.http.Tries.Next;
import io.tagway.route.CommandText;
import io.tagway.route.Origin;
import io.tagway.route.PathMatcher;
import io.tagway.route.RequestPath;
import io.tagway.route.RouteRequest;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TriesTest {
  private static Target first(int targets) {
    StringBuilder routes = new StringBuilder();
    for (int i = 0; i < targets; i++) {
      routes.append("route add a / http://10.0.0.").append(i + 1).append(":80/\n");
    }
    Table table =
        Table.of(
            new Table.Options(PathMatcher.PREFIX, Strategy.RR, false, UpstreamKey::attach),
            Map.of(),
            CommandText.parse(routes.toString(), new Origin(Origin.Kind.STATIC, "", "", 0))
                .lines());
    return table.lookup(new RouteRequest(false, "h", RequestPath.of("/"), ""));
  }

  @Test
  void eachTargetIsTriedOnceAndThreeAtMost() {
    Tries tries = new Tries(first(5));
    Set<String> asked = new HashSet<>();
    asked.add(tries.target().host());
    for (int i = 0; i < 2; i++) {
      tries.connectionFailed();
      assertEquals(Next.ELSEWHERE, tries.after(Failure.DIAL_FAILED, false, false));
      assertTrue(asked.add(tries.target().host()));
    }
    tries.connectionFailed();

    assertEquals(Next.NONE, tries.after(Failure.DIAL_FAILED, false, false));
    assertEquals(3, tries.count());
  }

  @Test
  void asksTheStrategyOncePerRequest() {
    Target first = first(3);
    long unused = new Tries(first).dialNanos(1_000, 0);

    assertEquals("10.0.0.2", first.route().pick().host());
  }

  @Test
  void aSingleTargetThatRefusesIsNotAskedAgain() {
    Tries tries = new Tries(first(1));
    tries.connectionFailed();

    assertEquals(Next.NONE, tries.after(Failure.DIAL_FAILED, true, false));
    assertEquals(1, tries.count());
  }

  @Test
  void aSingleTargetThatClosedAnOldConnectionIsAskedAfresh() {
    Tries tries = new Tries(first(1));
    Target only = tries.target();

    assertEquals(Next.HERE_AFRESH, tries.after(Failure.UPSTREAM_CLOSED, true, true));
    assertEquals(only, tries.target());
    assertEquals(Next.NONE, tries.after(Failure.UPSTREAM_CLOSED, true, false));
  }

  @Test
  void oneThatDiesOnAFreshConnectionIsLeftForAnother() {
    Tries tries = new Tries(first(2));
    String before = tries.target().host();

    assertEquals(Next.ELSEWHERE, tries.after(Failure.UPSTREAM_CLOSED, true, false));
    assertFalse(before.equals(tries.target().host()));
    assertEquals(Next.NONE, tries.after(Failure.UPSTREAM_CLOSED, true, false));
  }

  @Test
  void theDialLimitIsSharedWhileThereAreOthers() {
    Tries tries = new Tries(first(3));

    assertEquals(300, tries.dialNanos(900, 1000));
    tries.connectionFailed();
    assertEquals(Next.ELSEWHERE, tries.after(Failure.DIAL_TIMEOUT, false, false));
    assertEquals(300, tries.dialNanos(900, 1300));
    tries.connectionFailed();
    assertEquals(Next.ELSEWHERE, tries.after(Failure.DIAL_TIMEOUT, false, false));
    assertEquals(300, tries.dialNanos(900, 1600));
    assertEquals(1, tries.dialNanos(900, 2000));
  }

  @Test
  void aSingleTargetHasTheWholeLimit() {
    assertEquals(900, new Tries(first(1)).dialNanos(900, 5));
  }
}
