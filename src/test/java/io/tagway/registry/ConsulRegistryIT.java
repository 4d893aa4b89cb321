package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.Eventually;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsulRegistryIT {
  private static ConsulProcess consul;

  @BeforeAll
  static void startConsul() {
    consul = ConsulProcess.dev();
  }

  @AfterAll
  static void endConsul() {
    consul.close();
  }

  @AfterEach
  void forgetServices() {
    new JsonObject(consul.get("/v1/agent/services"))
        .fieldNames()
        .forEach(id -> consul.deregister(id));
    new JsonObject(consul.get("/v1/agent/checks"))
        .fieldNames()
        .forEach(id -> consul.put("/v1/agent/check/deregister/" + id, ""));
    consul.deleteKv("fabio/?recurse");
  }

  @Test
  void a_registered_service_gets_a_route_and_loses_it_when_deregistered() {
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      consul.register("a-1", "a", 9001, "urlprefix-/v1", "blue");
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
      assertEquals(
          List.of("route add a /v1 http://127.0.0.1:9001/ tags \"blue\""), registry.lines());
      consul.deregister("a-1");
      registry.awaitDestinations("/v1");
      assertEquals(RegistryStatus.State.CURRENT, registry.registry().status().state());
    }
  }

  @Test
  void a_failing_check_takes_an_instance_out_and_a_passing_one_brings_it_back() {
    consul.register("a-1", "a", 9001, "urlprefix-/v1");
    consul.register("a-2", "a", 9002, "urlprefix-/v1");
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/", "http://127.0.0.1:9002/");
      consul.check("a-1", "critical");
      registry.awaitDestinations("/v1", "http://127.0.0.1:9002/");
      consul.check("a-1", "warning");
      consul.check("a-2", "critical");
      registry.awaitDestinations("/v1");
      consul.check("a-1", "passing");
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
    }
  }

  @Test
  void an_instance_that_is_not_well_is_told_with_its_route_and_the_reason() {
    consul.register("a-1", "a", 9001, "urlprefix-/v1", "blue");
    consul.register("a-2", "a", 9002, "urlprefix-/v1");
    consul.register("none-1", "none", 9003, "no-route");
    consul.check("none-1", "critical");
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/", "http://127.0.0.1:9002/");
      assertEquals(List.of(), registry.registry().absent());
      consul.check("a-1", "critical");
      registry.awaitDestinations("/v1", "http://127.0.0.1:9002/");
      Absent absent = registry.registry().absent().get(0);
      assertEquals(1, registry.registry().absent().size());
      assertEquals(
          "route add a /v1 http://127.0.0.1:9001/ tags \"blue\"", absent.command().print());
      assertTrue(absent.origin().detail().endsWith("/a-1"), absent.origin().toString());
      assertTrue(absent.reason().endsWith(" is critical"), absent.reason());
      consul.check("a-1", "passing");
      Eventually.soon("it is well again", () -> registry.registry().absent().isEmpty());
    }
  }

  @Test
  void maintenance_of_an_instance_and_of_its_node_takes_it_out() {
    consul.register("a-1", "a", 9001, "urlprefix-/v1");
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
      consul.maintenance("a-1", true);
      registry.awaitDestinations("/v1");
      consul.maintenance("a-1", false);
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
      consul.nodeMaintenance(true);
      registry.awaitDestinations("/v1");
      consul.nodeMaintenance(false);
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
    }
  }

  @Test
  void a_name_that_cannot_be_printed_holds_up_nobody() {
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      consul.register("bell", "bell\u0007", 9001, "urlprefix-/bell");
      registry.awaitDestinations("/bell", "http://127.0.0.1:9001/");
      consul.register("a-1", "a", 9002, "urlprefix-/v1");
      registry.awaitDestinations("/v1", "http://127.0.0.1:9002/");
      consul.deregister("bell");
      registry.awaitDestinations("/bell");
      registry.awaitState(RegistryStatus.State.CURRENT);
    }
  }

  @Test
  void a_check_that_is_registered_after_its_service_brings_it_in_at_once() {
    for (int i = 0; i < 300; i++) { // reading everything on mere doubt is seldom then
      consul.register("many-" + i, "many-" + i, 9000, "urlprefix-/many-" + i);
    }
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      for (int i = 0; i < 3; i++) {
        String id = "late-" + i;
        consul.register(
            new JsonObject()
                .put("ID", id)
                .put("Name", id)
                .put("Address", "127.0.0.1")
                .put("Port", 9001)
                .put("Tags", new JsonArray().add("urlprefix-/" + id)));
        Eventually.soon(
            id + " waits for a check",
            () ->
                registry.registry().absent().stream()
                    .anyMatch(absent -> absent.command().service().equals(id)));
        consul.put(
            "/v1/agent/check/register",
            new JsonObject()
                .put("Name", id)
                .put("ServiceID", id)
                .put("TTL", "10h")
                .put("Status", "passing")
                .encode());
        long registered = System.nanoTime();
        registry.awaitDestinations("/" + id, "http://127.0.0.1:9001/");
        long millis = Duration.ofNanos(System.nanoTime() - registered).toMillis();
        assertTrue(millis < 1_000, id + " was found after " + millis + " ms");
      }
    }
  }

  @Test
  void a_changed_tag_and_a_moved_port_change_the_route() {
    consul.register("a-1", "a", 9001, "urlprefix-/v1");
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
      consul.register("a-1", "a", 9001, "urlprefix-/v2");
      registry.awaitDestinations("/v2", "http://127.0.0.1:9001/");
      registry.awaitDestinations("/v1");
      consul.register("a-1", "a", 9005, "urlprefix-/v2");
      registry.awaitDestinations("/v2", "http://127.0.0.1:9005/");
    }
  }

  @Test
  void a_healthy_instance_among_others_comes_and_goes() {
    for (int i = 0; i < 10; i++) {
      consul.register("b-" + i, "b-" + i, 9100 + i, "urlprefix-/b" + i);
    }
    consul.register("a-1", "a", 9001, "urlprefix-/v1");
    consul.register("a-2", "a", 9002, "urlprefix-/v1");
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/", "http://127.0.0.1:9002/");
      consul.deregister("a-1"); // no name, no tag and no failing check shows this
      registry.awaitDestinations("/v1", "http://127.0.0.1:9002/");
      consul.register("a-3", "a", 9003, "urlprefix-/v1");
      registry.awaitDestinations("/v1", "http://127.0.0.1:9002/", "http://127.0.0.1:9003/");
      consul.register("b-7", "b-7", 9999, "urlprefix-/b7");
      registry.awaitDestinations("/b7", "http://127.0.0.1:9999/");
    }
  }

  @Test
  void an_entry_that_only_the_catalog_knows_is_followed_too() {
    JsonObject entry =
        new JsonObject()
            .put("Node", "elsewhere")
            .put("Address", "10.1.2.3")
            .put(
                "Service",
                new JsonObject()
                    .put("ID", "x-1")
                    .put("Service", "x")
                    .put("Tags", new JsonArray().add("urlprefix-/x"))
                    .put("Port", 80))
            .put(
                "Check",
                new JsonObject()
                    .put("CheckID", "x-check")
                    .put("Name", "x")
                    .put("Status", "passing")
                    .put("ServiceID", "x-1"));
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      consul.catalogRegister(entry);
      registry.awaitDestinations("/x", "http://10.1.2.3:80/");
      // Neither check nor node is written here, so that the checks table does not move.
      entry.remove("Check");
      entry.getJsonObject("Service").put("Address", "10.1.2.4").put("Port", 81);
      consul.catalogRegister(entry);
      registry.awaitDestinations("/x", "http://10.1.2.4:81/");
      consul.catalogDeregister(new JsonObject().put("Node", "elsewhere").put("CheckID", "x-check"));
      registry.awaitDestinations("/x");
    } finally {
      consul.catalogDeregister(new JsonObject().put("Node", "elsewhere"));
    }
  }

  @Test
  void all_checks_must_pass_where_that_is_asked_for() {
    consul.register("a-1", "a", 9001, "urlprefix-/v1");
    consul.put(
        "/v1/agent/check/register",
        new JsonObject()
            .put("ID", "second")
            .put("Name", "second")
            .put("ServiceID", "a-1")
            .put("TTL", "10h")
            .encode());
    try (RegistryUnderTest one = RegistryUnderTest.consul(consul);
        RegistryUnderTest all =
            RegistryUnderTest.consul(consul, "-registry.consul.checksRequired=all")) {
      one.awaitDestinations("/v1", "http://127.0.0.1:9001/");
      all.awaitDestinations("/v1");
      consul.put("/v1/agent/check/pass/second", "");
      all.awaitDestinations("/v1", "http://127.0.0.1:9001/");
    }
  }

  @Test
  void a_bad_tag_is_a_problem_and_its_neighbours_keep_their_routes() {
    consul.register("a-1", "a", 9001, "urlprefix-/v1", "urlprefix-/v2 weight=much");
    consul.register("b-1", "b", 9002, "urlprefix-/v3");
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
      registry.awaitDestinations("/v3", "http://127.0.0.1:9002/");
      assertEquals(1, registry.registry().problems().size());
      assertEquals("a", registry.registry().problems().get(0).origin().name());
      consul.register("a-1", "a", 9001, "urlprefix-/v1", "urlprefix-/v2 weight=0.5");
      Eventually.soon("no problem left", () -> registry.registry().problems().isEmpty());
      registry.awaitDestinations("/v2", "http://127.0.0.1:9001/");
    }
  }

  @Test
  void overrides_follow_services_and_neighbours_of_their_key_do_not_count() {
    consul.register("a-1", "a", 9001, "urlprefix-/v1");
    consul.kv("fabio/config", "route del nobody\nroute ad b /b http://10.0.0.1:80/");
    consul.kv("fabio/config-old", "route add c /c http://10.0.0.2:80/");
    consul.kv("fabio/config/x", "route add d /d http://10.0.0.3:80/");
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      assertEquals(
          List.of("route add a /v1 http://127.0.0.1:9001/", "route add d /d http://10.0.0.3:80/"),
          registry.lines());
      assertEquals(
          List.of("fabio/config 2"),
          registry.registry().problems().stream()
              .map(problem -> problem.origin().name() + " " + problem.origin().line())
              .toList());
      consul.kv("fabio/config", "route del a");
      registry.awaitDestinations("/v1");
      consul.deleteKv("fabio/config");
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
    }
  }

  @Test
  void the_admin_api_reads_and_writes_overrides_by_version() {
    try (RegistryUnderTest registry =
        RegistryUnderTest.consul(consul, "-registry.consul.kvpath=fabio/config")) {
      Overrides overrides = registry.registry().overrides();
      assertEquals(List.of(), RegistryUnderTest.done(overrides.paths()));
      Overrides.Text absent = RegistryUnderTest.done(overrides.read(""));
      assertEquals("", absent.value());
      assertTrue(absent.version() >= 1);

      assertEquals(
          true, RegistryUnderTest.done(overrides.write("", "route add a /a http://h:1/", 0)));
      registry.awaitDestinations("/a", "http://h:1/");
      Overrides.Text first = RegistryUnderTest.done(overrides.read(""));
      assertEquals("route add a /a http://h:1/", first.value());

      assertEquals(false, RegistryUnderTest.done(overrides.write("", "x", first.version() - 1)));
      assertEquals(false, RegistryUnderTest.done(overrides.write("", "x", 0)));
      assertEquals(true, RegistryUnderTest.done(overrides.write("", "# none", first.version())));
      registry.awaitDestinations("/a");

      assertEquals(true, RegistryUnderTest.done(overrides.write("/ö b?c", "# x", 0)));
      assertEquals(List.of("", "/ö b?c"), RegistryUnderTest.done(overrides.paths()));
      assertEquals("# x", RegistryUnderTest.done(overrides.read("/ö b?c")).value());
    }
  }

  @Test
  void the_noroute_page_follows_its_key() {
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      assertEquals("", registry.registry().noRouteHtml().get());
      consul.kv("fabio/noroute.html", " <b>gone</b>\n");
      Eventually.soon(
          "the page is there", () -> registry.registry().noRouteHtml().get().equals("<b>gone</b>"));
      consul.deleteKv("fabio/noroute.html");
      Eventually.soon("the page is gone", () -> registry.registry().noRouteHtml().get().isEmpty());
    }
  }

  @Test
  void polling_follows_changes_as_well() {
    try (RegistryUnderTest registry =
        RegistryUnderTest.consul(consul, "-registry.consul.pollinterval=50ms")) {
      consul.register("a-1", "a", 9001, "urlprefix-/v1");
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/");
      consul.check("a-1", "critical");
      registry.awaitDestinations("/v1");
    }
  }

  @Test
  void observers_hear_of_each_new_table_and_of_nothing_else() {
    consul.register("a-1", "a", 9001, "urlprefix-/v1");
    try (RegistryUnderTest registry = RegistryUnderTest.consul(consul)) {
      AtomicInteger swaps = new AtomicInteger();
      registry
          .registry()
          .onSwap(
              (before, after) -> {
                assertEquals(1, before.targetCount());
                swaps.incrementAndGet();
              });
      consul.register("a-1", "a", 9001, "urlprefix-/v1"); // the same again
      consul.register("other", "other", 7, "plain");
      consul.register("a-2", "a", 9002, "urlprefix-/v1");
      registry.awaitDestinations("/v1", "http://127.0.0.1:9001/", "http://127.0.0.1:9002/");
      Eventually.within(Duration.ofSeconds(5)).await("one swap", () -> swaps.get() == 1);
    }
  }
}
