package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.registry.RegistryStatus.State;
import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsulOutageIT {
  private static final Set<String> A1 = Set.of("http://127.0.0.1:9001/");

  /** Looks again and again for a while that a source still leads where it did. */
  private static void staysFor(Duration time, RegistryUnderTest registry, String source) {
    long end = System.nanoTime() + time.toNanos();
    Eventually.within(time.plusSeconds(5))
        .await(
            "time passes",
            () -> {
              assertEquals(A1, registry.destinations(source));
              return System.nanoTime() > end;
            });
  }

  @Test
  void a_killed_consul_keeps_the_table_which_is_right_again_when_it_is_back(@TempDir Path dir) {
    try (ConsulProcess consul = ConsulProcess.server(dir)) {
      consul.register("a-1", "a", 9001, "urlprefix-/v1");
      consul.register("b-1", "b", 9002, "urlprefix-/v2");
      consul.kv("fabio/config", "route add m /m http://127.0.0.1:9001/");
      try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
        registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
        registry.awaitDestinations("/m", "http://127.0.0.1:9001/");
        consul.kill();
        registry.awaitState(State.STALE);
        assertTrue(registry.registry().status().lastGood().isPresent());
        assertTrue(registry.registry().status().lastError().startsWith("consul: Error fetching"));
        staysFor(Duration.ofSeconds(2), registry, "/v1");

        consul.launch();
        consul.awaitReady();
        assertEquals(A1, registry.destinations("/v1"));
        // Changed before the router may have noticed that Consul is back.
        consul.deregister("b-1");
        consul.register("c-1", "c", 9003, "urlprefix-/v3");
        consul.register("a-1", "a", 9001, "urlprefix-/v1", "urlprefix-/v4");
        registry.awaitDestinations("/v3", "http://127.0.0.1:9003/");
        // The agent has read its services from disk and thinks each critical until it hears more.
        staysFor(Duration.ofSeconds(1), registry, "/v1");
        consul.check("a-1", "passing");
        registry.awaitDestinations("/v4", "http://127.0.0.1:9001/");
        registry.awaitDestinations("/v2");
        registry.awaitState(State.CURRENT);
        assertEquals("", registry.registry().status().lastError());
        staysFor(Duration.ofMillis(100), registry, "/m");
      }
    }
  }

  @Test
  void an_agent_that_stops_in_order_takes_no_route_with_it(@TempDir Path dir) {
    try (ConsulProcess consul = ConsulProcess.server(dir)) {
      consul.register("a-1", "a", 9001, "urlprefix-/v1");
      consul.kv("fabio/config", "route add m /m http://127.0.0.1:9001/");
      try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
        registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
        consul.stop();
        registry.awaitState(State.STALE);
        staysFor(Duration.ofSeconds(2), registry, "/v1");
        staysFor(Duration.ofMillis(100), registry, "/m");
      }
    }
  }

  @Test
  void a_new_cluster_that_counts_from_the_start_is_followed_at_once() {
    try (ConsulProcess consul = ConsulProcess.dev()) {
      consul.register("a-1", "a", 9001, "urlprefix-/v1");
      consul.register("b-1", "b", 9002, "urlprefix-/v2");
      for (int i = 0; i < 200; i++) {
        consul.kv("elsewhere", "makes the index grow " + i);
      }
      try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
        registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
        consul.kill();
        registry.awaitState(State.STALE);
        consul.start(); // knows nothing and is at index 10 or so
        consul.register("c-1", "c", 9003, "urlprefix-/v3");
        registry.awaitDestinations("/v3", "http://127.0.0.1:9003/");
        // What has not announced itself again keeps its route for a while ...
        assertEquals(A1, registry.destinations("/v1"));
        assertEquals(State.STALE, registry.registry().status().state());
        assertTrue(registry.registry().status().lastError().contains("2 services are not healthy"));
        consul.register("a-1", "a", 9001, "urlprefix-/v1");
        // ... and no longer.
        registry.awaitDestinations("/v2");
        registry.awaitState(State.CURRENT);
        assertEquals(A1, registry.destinations("/v1"));
        consul.register("c-1", "c", 9004, "urlprefix-/v3");
        registry.awaitDestinations("/v3", "http://127.0.0.1:9004/");
      }
    }
  }

  @Test
  void the_start_waits_for_a_consul_that_comes_late() {
    ConsulProcess consul = ConsulProcess.dev();
    consul.kill();
    try (consul;
        RegistryUnderTest registry =
            RegistryUnderTest.of(
                RegistryUnderTest.withAddress(
                    consul, "-registry.timeout=20s", "-registry.retry=50ms"))) {
      var started = registry.registry().start();
      assertEquals(State.CONNECTING, registry.registry().status().state());
      consul.start();
      RegistryUnderTest.done(started, Duration.ofSeconds(20));
      assertEquals(List.of(), registry.lines());
      assertEquals(State.CURRENT, registry.registry().status().state());
    }
  }

  @Test
  void the_start_gives_up_when_the_time_is_over() {
    ConsulProcess consul = ConsulProcess.dev();
    consul.kill();
    try (RegistryUnderTest registry =
        RegistryUnderTest.of(
            RegistryUnderTest.withAddress(
                consul, "-registry.timeout=300ms", "-registry.retry=50ms"))) {
      IllegalStateException failure = assertThrows(IllegalStateException.class, registry::start);
      StartFailure cause = assertInstanceOf(StartFailure.class, failure.getCause());
      assertEquals("Timeout registering backend.", cause.getMessage());
    }
  }

  @Test
  void a_start_that_still_tries_can_be_stopped() {
    ConsulProcess consul = ConsulProcess.dev();
    consul.kill();
    try (RegistryUnderTest registry =
        RegistryUnderTest.of(RegistryUnderTest.withAddress(consul, "-registry.timeout=1h"))) {
      var started = registry.registry().start();
      RegistryUnderTest.done(registry.registry().close(), Duration.ofSeconds(5));
      assertThrows(IllegalStateException.class, () -> RegistryUnderTest.done(started));
    }
  }
}
