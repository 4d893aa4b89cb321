package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.registry.bench.Change;
import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a change costs must not depend on how many services there are. */
class ManyServicesIT {
  private static final int SERVICES = 2000;

  private static ConsulProcess consul;

  @BeforeAll
  static void startConsul() {
    consul = ConsulProcess.devLoggingRequests();
    Change.Catalog.fill(consul, SERVICES);
  }

  @AfterAll
  static void endConsul() {
    consul.close();
  }

  @Test
  void each_kind_of_change_costs_a_handful_of_requests() {
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      assertTrue(registry.lines().size() >= SERVICES);
      List<Change> changes = Change.ofOneService();
      for (Change change : changes) {
        change.prepare().accept(consul);
        int rounds = 10;
        int before = consul.reads().size();
        for (int i = 0; i < rounds; i++) {
          makeAndSee(registry, change.steps().apply(i));
        }
        int reads = consul.reads().size() - before;
        assertTrue(reads <= rounds * 12, change.name() + " took " + reads + " reads for " + rounds);
      }
    }
  }

  @Test
  void the_start_takes_one_reading_of_everything_and_not_one_for_each_service() {
    int before = consul.reads().size();
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      assertTrue(registry.lines().size() >= SERVICES);
      assertTrue(consul.reads().size() - before < 20);
    }
  }

  @Test
  void a_burst_is_read_in_a_few_turns() {
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      int before = consul.reads().size();
      int burst = 300;
      IntStream.range(0, burst)
          .forEach(i -> consul.register("burst-" + i, "burst-" + i, 7000, "urlprefix-/burst" + i));
      Eventually.within(Duration.ofSeconds(30))
          .await(
              "the whole burst is seen",
              () ->
                  IntStream.range(0, burst)
                      .allMatch(
                          i ->
                              registry
                                  .destinations("/burst" + i)
                                  .equals(Set.of("http://127.0.0.1:7000/"))));
      long large =
          consul.reads().stream()
              .skip(before)
              .filter(List.of("/v1/catalog/services", "/v1/internal/ui/nodes")::contains)
              .count();
      assertTrue(large < burst * 2 / 3, large + " large reads for " + burst + " changes");
    }
  }

  @Test
  void what_only_everything_shows_is_found_too() {
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      for (Change change : Change.hidden(SERVICES)) {
        for (int i = 0; i < 4; i++) {
          makeAndSee(registry, change.steps().apply(500 + i));
        }
      }
    }
  }

  private static void makeAndSee(RegistryUnderTest registry, Change.Step step) {
    step.make().accept(consul);
    Eventually.within(Duration.ofSeconds(20))
        .await(
            step.source() + " leads to " + step.destinations(),
            () -> registry.destinations(step.source()).equals(step.destinations()));
  }
}
