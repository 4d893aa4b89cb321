package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PickerTest {
  private static Route route(String... lines) {
    return Tables.of(lines).routes().get(0);
  }

  @Test
  void takesTurnsExactlyHoweverManyThreadsAsk() throws Exception {
    Route route =
        route(
            "route add a / http://10.0.0.1/ weight 0.25",
            "route add b / http://10.0.0.2/ weight 0.75");
    int threads = 4;
    int each = 40_000;
    LongAdder first = new LongAdder();
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Boolean>> done = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Callable<Boolean> work =
          () -> {
            start.await(30, TimeUnit.SECONDS);
            for (int i = 0; i < each; i++) {
              first.add(route.pick().service().equals("a") ? 1 : 0);
            }
            return true;
          };
      done.add(pool.submit(work));
    }
    for (Future<Boolean> future : done) {
      assertTrue(future.get(60, TimeUnit.SECONDS));
    }
    pool.shutdown();
    assertEquals(threads * each / 4, first.intValue());
  }

  @Test
  void goesOnToATargetThatWasNotTried() {
    Route route =
        route(
            "route add a / http://10.0.0.1/ weight 0.9",
            "route add b / http://10.0.0.2/ weight 0.1",
            "route add c / http://10.0.0.3/");
    Target a = route.targets().get(0);
    Target b = route.targets().get(1);
    for (int i = 0; i < 50; i++) {
      assertSame(b, route.pickExcept(List.of(a)), "c has no share");
      assertSame(Target.NONE, route.pickExcept(List.of(a, b)));
    }
  }

  @Test
  void aSecondTryTakesNoTurn() {
    Route route = route("route add a / http://10.0.0.1/", "route add b / http://10.0.0.2/");
    Target first = route.pick();
    Target second = route.pickExcept(List.of(first));
    assertSame(second, route.pick(), "the turn after the first is still the second's");
    assertSame(first, route.pick());
  }

  @Test
  void takesTheSameDestinationForTried() {
    Route route =
        route(
            "route add a / http://10.0.0.1/ tags \"x\"",
            "route add a / http://10.0.0.1/ tags \"y\"");
    assertSame(Target.NONE, route.pickExcept(List.of(route.targets().get(0))));
  }

  @Test
  void asksForARandomPlaceOfTheRing() {
    List<Integer> bounds = new ArrayList<>();
    Table.Options options =
        new Table.Options(
            PathMatcher.PREFIX,
            Strategy.RND,
            true,
            target -> new Tables.Attached(),
            bound -> {
              bounds.add(bound);
              return bound - 1;
            });
    Table table =
        Tables.of(
            options,
            "route add a / http://10.0.0.1/",
            "route add b / http://10.0.0.2/",
            "route add c / http://10.0.0.3/",
            "route add d /one http://10.0.0.4/");
    assertEquals("c", table.lookup(Tables.get("h", "/")).service());
    assertEquals("d", table.lookup(Tables.get("h", "/one")).service());
    assertEquals(List.of(3), bounds);
  }

  @Test
  void spreadsUnevenWeightsOverTheWholeRing() {
    Shares shares = Shares.of(0.57, 0, 0.013);
    Ring ring = Ring.of(shares);
    int[] places = new int[3];
    for (int i = 0; i < ring.size(); i++) {
      places[ring.at(i)]++;
    }
    int repetitions = shares.ringSize() / ring.size();
    for (int i = 0; i < 3; i++) {
      assertEquals(shares.slots(i), places[i] * repetitions);
    }
  }

  @Test
  void keepsNoMoreThanThePatternOfTheRing() {
    assertEquals(10, Ring.of(Shares.of(0.1, 0)).size());
    assertEquals(4, Ring.of(Shares.of(2, 6)).size());
    assertEquals(1, Ring.of(Shares.of(1, 0)).size());
    assertEquals(9_999, Ring.of(Shares.of(0.57, 0)).size());
  }

  @Test
  void countsMoreTargetsThanAByteHolds() {
    double[] weights = new double[300];
    weights[299] = 0.5;
    Ring ring = Ring.of(Shares.of(weights));
    long last = IntStream.range(0, ring.size()).filter(i -> ring.at(i) == 299).count();
    assertEquals(5_000, last * Shares.of(weights).ringSize() / ring.size());
  }
}
