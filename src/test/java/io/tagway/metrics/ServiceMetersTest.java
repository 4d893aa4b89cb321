package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A service's requests are those of all its statuses, and those that were sent none. */
class ServiceMetersTest {
  private final List<String> told = new ArrayList<>();
  private final Meters meters =
      new Meters(
          new Bounds(List.of(0.005, 1.0)),
          false,
          new Events() {
            @Override
            public void counted(Counter counter) {}

            @Override
            public void changed(Gauge gauge) {}

            @Override
            public void timed(Timer timer, long nanos) {
              told.add(timer.family().name() + timer.values() + nanos);
            }
          });

  private Map<String, Timer> shown() {
    Map<String, Timer> shown = new TreeMap<>();
    meters.each(
        (family, seen) ->
            seen.forEach(meter -> shown.put(family.name() + meter.values(), (Timer) meter)));
    return shown;
  }

  private Timer.Reading reading(String name) {
    Timer timer = shown().get(name);
    return timer == null ? Timer.Reading.NOTHING : timer.read();
  }

  @Test
  void everyRequestCountsOnceInTheTotal() {
    ServiceMeters service = new ServiceMeters(meters, "svc");
    service.show();
    assertEquals(Map.of(), shown());
    service.answered(200, 1_000_000);
    service.answered(200, 9_000_000);
    service.answered(503, 2_000_000);
    service.answered(0, 4_000_000);

    String total = Families.REQUESTS.name() + "[svc]";
    String ok = Families.HTTP_STATUS.name() + "[200, svc]";
    String failed = Families.HTTP_STATUS.name() + "[503, svc]";
    assertEquals(
        List.of(ok, failed, total).stream().sorted().toList(), List.copyOf(shown().keySet()));
    Timer.Reading all = reading(total);
    assertEquals(4, all.count());
    assertEquals(16_000_000, all.sumNanos());
    assertEquals(3, all.inBucket(0));
    assertEquals(1, all.inBucket(1));
    assertEquals(2, reading(ok).count());
    assertEquals(
        List.of(
            total + 1_000_000,
            ok + 1_000_000,
            total + 9_000_000,
            ok + 9_000_000,
            total + 2_000_000,
            failed + 2_000_000,
            total + 4_000_000),
        told);
  }

  @Test
  void requestsWithoutAStatusAloneShowTheTotal() {
    ServiceMeters service = new ServiceMeters(meters, "svc");
    service.show();
    service.answered(0, 4_000_000);
    assertEquals(List.of(Families.REQUESTS.name() + "[svc]"), List.copyOf(shown().keySet()));
  }
}
