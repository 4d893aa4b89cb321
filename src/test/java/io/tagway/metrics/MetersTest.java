package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counting by many threads, and what the meters have to show. */
class MetersTest {
  private final Meters meters =
      new Meters(new Bounds(List.of(0.005, 0.01, 1.0)), true, Events.NONE);

  @Test
  void noThreadLosesACount() throws InterruptedException {
    Timer timer = meters.timer(Families.REQUESTS, "svc");
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          for (int j = 0; j < 50_000; j++) {
                            timer.record(1_000_000L * (i + 1));
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    Timer.Reading read = timer.read();
    assertEquals(400_000, read.count());
    assertEquals(36L * 50_000 * 1_000_000, read.sumNanos());
    assertEquals(250_000, read.inBucket(0));
    assertEquals(150_000, read.inBucket(1));
  }

  @Test
  void aBoundBelongsToItsBucket() {
    Timer timer = meters.timer(Families.REQUESTS, "svc");
    timer.record(5_000_000);
    timer.record(5_000_001);
    timer.record(2_000_000_000);

    assertEquals(1, timer.read().inBucket(0));
    assertEquals(1, timer.read().inBucket(1));
    assertEquals(0, timer.read().inBucket(2));
    assertEquals(3, timer.read().count());
  }

  @Test
  void aClockThatGoesBackCountsAsNothing() {
    Timer timer = meters.timer(Families.REQUESTS, "svc");
    timer.record(-5);

    assertEquals(0, timer.read().sumNanos());
    assertEquals(1, timer.read().count());
  }

  @Test
  void labelsShowUpWithTheirFirstEvent() {
    meters.counter(Families.NOT_FOUND);
    meters.timer(Families.REQUESTS, "idle");
    meters.timer(Families.REQUESTS, "busy").record(1);

    List<String> seen = new ArrayList<>();
    meters.each(
        (family, shown) -> shown.forEach(meter -> seen.add(family.name() + meter.values())));
    assertEquals(List.of("notfound[]", "requests[busy]"), seen);
  }

  @Test
  void aMeterIsMadeOnce() {
    assertTrue(meters.timer(Families.REQUESTS, "svc") == meters.timer(Families.REQUESTS, "svc"));
    assertEquals(1, meters.size());
  }

  @Test
  void labelsMustFitTheirFamily() {
    assertThrows(IllegalArgumentException.class, () -> meters.timer(Families.REQUESTS));
  }
}
