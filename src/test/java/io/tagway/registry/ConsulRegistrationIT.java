package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.HostName;
import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.Eventually;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsulRegistrationIT {
  private ConsulProcess consul;

  @BeforeEach
  void startConsul() {
    consul = ConsulProcess.dev();
  }

  @AfterEach
  void endConsul() {
    consul.close();
  }

  private JsonObject services() {
    return new JsonObject(consul.get("/v1/agent/services"));
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    services().forEach(entry -> names.add(((JsonObject) entry.getValue()).getString("Service")));
    return names;
  }

  private void awaitNames(String... expected) {
    Eventually.within(Duration.ofSeconds(20))
        .await("registered are " + Set.of(expected), () -> names().equals(Set.of(expected)));
  }

  @Test
  void announces_itself_when_told_to_with_both_checks_and_goes_when_told_to() {
    String id = "edge-" + HostName.ofMachine() + "-9998";
    try (RegistryUnderTest router =
        RegistryUnderTest.consul(
            consul,
            "-registry.consul.register.name=edge",
            "-registry.consul.register.addr=127.0.0.1:9998",
            "-registry.consul.register.tags=x, y",
            "-registry.consul.register.checkInterval=7s")) {
      assertEquals(Set.of(), names());
      RegistryUnderTest.done(router.registry().registration().start(9998));
      JsonObject entry = services().getJsonObject(id);
      assertEquals("edge", entry.getString("Service"));
      assertEquals("127.0.0.1", entry.getString("Address"));
      assertEquals(9998, entry.getInteger("Port"));
      assertEquals(new JsonArray().add("x").add("y"), entry.getJsonArray("Tags"));
      JsonObject checks = new JsonObject(consul.get("/v1/agent/checks"));
      assertEquals("passing", checks.getJsonObject(id + "-ttl").getString("Status"));
      assertEquals(2, checks.size());
      RegistryUnderTest.done(router.registry().registration().stop(Duration.ofSeconds(5)));
      assertEquals(Set.of(), names());
    }
  }

  @Test
  void aliases_follow_the_routes_and_bad_lines_take_none_away() {
    try (RegistryUnderTest router =
        RegistryUnderTest.consul(
            consul,
            "-registry.consul.register.enabled=false",
            "-registry.consul.register.addr=127.0.0.1:9998")) {
      consul.kv("fabio/config", "route add a /a http://h:1/ opts \"register=alias-a\"");
      router.awaitDestinations("/a", "http://h:1/");
      RegistryUnderTest.done(router.registry().registration().start(9998));
      awaitNames("alias-a");
      consul.kv(
          "fabio/config",
          """
          route add a /a http://h:1/ opts "register=alias-a"
          route add b /b http://h:2/ opts "register=alias-b"
          route add c /c http://h:3/ opts "register="
          rout add d
          """);
      awaitNames("alias-a", "alias-b");
      assertTrue(
          router.registry().problems().stream()
              .anyMatch(problem -> problem.reason().equals("no name to register")));
      consul.kv("fabio/config", "route add b /b http://h:2/ opts \"register=alias-b\"");
      awaitNames("alias-b");
      RegistryUnderTest.done(router.registry().registration().stop(Duration.ofSeconds(5)));
      assertEquals(Set.of(), names());
    }
  }

  @Test
  void a_registration_that_is_under_way_at_the_stop_does_not_stay() {
    try (RegistryUnderTest router =
        RegistryUnderTest.consul(
            consul,
            "-registry.consul.register.name=edge",
            "-registry.consul.register.addr=127.0.0.1:9998")) {
      Registration registration = router.registry().registration();
      var starting = registration.start(9998);
      RegistryUnderTest.done(registration.stop(Duration.ofSeconds(5)));
      RegistryUnderTest.done(starting);
      assertEquals(Set.of(), names());
    }
  }

  @Test
  void what_another_router_has_taken_over_is_left_to_it() {
    String[] options = {
      "-registry.consul.register.name=edge",
      "-registry.consul.register.addr=127.0.0.1:9998",
      "-proxy.reuseport"
    };
    try (RegistryUnderTest before = RegistryUnderTest.consul(consul, options);
        RegistryUnderTest after = RegistryUnderTest.consul(consul, options)) {
      RegistryUnderTest.done(before.registry().registration().start(9998));
      RegistryUnderTest.done(after.registry().registration().start(9998));

      RegistryUnderTest.done(before.registry().registration().stop(Duration.ofSeconds(5)));
      assertEquals(Set.of("edge"), names());

      RegistryUnderTest.done(after.registry().registration().stop(Duration.ofSeconds(5)));
      assertEquals(Set.of(), names());
    }
  }

  @Test
  void a_registration_that_was_lost_is_made_again() {
    try (RegistryUnderTest router =
        RegistryUnderTest.consul(
            consul,
            "-registry.consul.register.name=edge",
            "-registry.consul.register.addr=127.0.0.1:9998")) {
      RegistryUnderTest.done(router.registry().registration().start(9998));
      consul.kill();
      consul.start();
      assertFalse(names().contains("edge"));
      awaitNames("edge");
      RegistryUnderTest.done(router.registry().registration().stop(Duration.ofSeconds(5)));
    }
  }

  @Test
  void stopping_without_consul_takes_no_longer_than_allowed() {
    try (RegistryUnderTest router =
        RegistryUnderTest.consul(consul, "-registry.consul.register.addr=127.0.0.1:9998")) {
      RegistryUnderTest.done(router.registry().registration().start(9998));
      consul.kill();
      RegistryUnderTest.done(
          router.registry().registration().stop(Duration.ofMillis(500)), Duration.ofSeconds(2));
    }
  }
}
