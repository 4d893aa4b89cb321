package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.route.Instance;
import io.tagway.route.RouteTags;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HealthRuleTest {
  @ParameterizedTest
  @MethodSource("cases")
  void routes_the_instances_of_the_case(JsonObject one) {
    List<String> observed = strings(one.getJsonObject("expect").getJsonArray("routed"));
    List<String> expected =
        differences()
            .filter(difference -> difference.getString("name").equals(one.getString("name")))
            .findFirst()
            .map(difference -> strings(difference.getJsonArray("routed")))
            .orElse(observed);
    assertEquals(expected, routed(one));
  }

  @ParameterizedTest
  @MethodSource("namedDifferences")
  void a_listed_difference_names_a_case_and_differs(JsonObject difference) {
    JsonObject one =
        read("health-cases.json")
            .filter(aCase -> aCase.getString("name").equals(difference.getString("name")))
            .findFirst()
            .orElseThrow();
    assertNotEquals(
        strings(one.getJsonObject("expect").getJsonArray("routed")),
        strings(difference.getJsonArray("routed")));
    assertTrue(difference.getString("why").length() > 10);
  }

  @Test
  void several_checks_of_one_instance_are_one_instance_and_maintenance_is_no_health() {
    HealthRule rule = new HealthRule(new RouteTags("urlprefix-", "dc1"), List.of("passing"), false);
    Instance instance =
        new Instance("shop", "shop-1", "n1", "", "10.0.0.1", 80, List.of("urlprefix-/a"));
    // Left behind by an agent that ended in the middle: nothing says that the instance is well.
    List<Check> checks = List.of(new Check("_service_maintenance:shop-1", "passing", "shop-1"));
    assertEquals(false, rule.admits(new Listed(instance, checks)));
  }

  @Test
  void says_why_an_instance_gets_no_traffic() {
    assertEquals(
        "the node is in maintenance", objection(new Check("_node_maintenance", "critical", "")));
    assertEquals(
        "the node is down: check serfHealth is critical",
        objection(new Check("serfHealth", "critical", "")));
    assertEquals(
        "the instance is in maintenance",
        objection(new Check("_service_maintenance:shop-1", "critical", "shop-1")));
    assertEquals("the instance has no check of its own", objection());
    assertEquals(
        "check shop-http is warning",
        objection(
            new Check("shop-http", "warning", "shop-1"),
            new Check("shop-db", "critical", "shop-1")));
    assertEquals(
        "",
        objection(
            new Check("shop-http", "critical", "shop-1"), new Check("ttl", "passing", "shop-1")));
  }

  private static String objection(Check... checks) {
    HealthRule rule = new HealthRule(new RouteTags("urlprefix-", "dc1"), List.of("passing"), false);
    Instance instance =
        new Instance("shop", "shop-1", "n1", "", "10.0.0.1", 80, List.of("urlprefix-/a"));
    return rule.objection(new Listed(instance, List.of(checks)));
  }

  /** Asks the rule for each instance that the flat list of checks names. */
  private static List<String> routed(JsonObject one) {
    HealthRule rule =
        new HealthRule(
            new RouteTags(one.getString("tagPrefix"), "dc1"),
            strings(one.getJsonArray("serviceStatus")),
            one.getString("checksRequired").equals("all"));
    List<JsonObject> rows = objects(one.getJsonArray("checks"));
    return rows.stream()
        .filter(row -> !row.getString("ServiceID", "").isEmpty())
        .map(row -> listed(row, rows))
        .filter(rule::concerns)
        .filter(rule::admits)
        .map(Listed::instance)
        .map(instance -> instance.node() + "/" + instance.service() + "/" + instance.id())
        .distinct()
        .toList();
  }

  private static Listed listed(JsonObject of, List<JsonObject> rows) {
    String id = of.getString("ServiceID");
    List<Check> checks =
        rows.stream()
            .filter(row -> Objects.equals(row.getString("Node"), of.getString("Node")))
            .filter(row -> List.of("", id).contains(row.getString("ServiceID", "")))
            .map(
                row ->
                    new Check(
                        row.getString("CheckID"),
                        row.getString("Status"),
                        row.getString("ServiceID", "")))
            .toList();
    return new Listed(
        new Instance(
            of.getString("ServiceName"),
            id,
            of.getString("Node"),
            "",
            "10.0.0.1",
            80,
            strings(of.getJsonArray("ServiceTags"))),
        checks);
  }

  static Stream<Named<JsonObject>> cases() {
    return read("health-cases.json").map(one -> Named.of(one.getString("name"), one));
  }

  static Stream<Named<JsonObject>> namedDifferences() {
    return differences().map(one -> Named.of(one.getString("name"), one));
  }

  private static Stream<JsonObject> differences() {
    return read("health-differences.json");
  }

  private static Stream<JsonObject> read(String file) {
    try (InputStream in = HealthRuleTest.class.getResourceAsStream("/registry/" + file)) {
      byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
      return objects(new JsonArray(Buffer.buffer(bytes))).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  private static List<String> strings(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }
}
