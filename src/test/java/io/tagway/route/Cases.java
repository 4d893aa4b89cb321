package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Walks a group of {@code routing-cases.json}. What {@code differences.json} names is expected as
 * it says there, and must differ from what Fabio does: an entry that no longer does so fails.
 */
final class Cases {
  private final String group;
  private final JsonObject differences;

  Cases(String group) {
    this.group = group;
    this.differences = json("differences.json").getJsonObject(group);
  }

  /** One test a case: what the program does must be what the case expects. */
  Stream<DynamicTest> all(
      Function<JsonObject, JsonObject> actual, Function<JsonObject, JsonObject> expected) {
    List<String> names = cases().map(c -> c.getString("name")).toList();
    DynamicTest known =
        DynamicTest.dynamicTest(
            "every listed difference is a case",
            () ->
                differences.fieldNames().forEach(n -> assertEquals(n, names.contains(n) ? n : "")));
    return Stream.concat(
        Stream.of(known),
        cases()
            .map(
                c ->
                    DynamicTest.dynamicTest(
                        c.getString("name"), () -> check(c, actual.apply(c), expected))));
  }

  private void check(JsonObject c, JsonObject actual, Function<JsonObject, JsonObject> expected) {
    JsonObject difference = differences.getJsonObject(c.getString("name"));
    if (difference == null) {
      assertEquals(expected.apply(c).encodePrettily(), actual.encodePrettily());
      return;
    }
    JsonObject changed = c.copy().put("expect", difference.getJsonObject("expect"));
    assertEquals(expected.apply(changed).encodePrettily(), actual.encodePrettily());
    if (!c.getJsonObject("expect").getBoolean("crash", false)) {
      assertNotEquals(
          expected.apply(c).encodePrettily(), actual.encodePrettily(), "no longer a difference");
    }
  }

  Stream<JsonObject> cases() {
    return objects(json("routing-cases.json").getJsonArray(group));
  }

  static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }

  static List<String> texts(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }

  private static JsonObject json(String name) {
    try (InputStream in = Cases.class.getResourceAsStream("/route/" + name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new JsonObject(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
