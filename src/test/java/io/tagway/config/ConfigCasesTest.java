package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of config-cases.json. Where the router is meant to differ, overlay.json says how and
 * why; an entry there that no longer differs fails.
 */
class ConfigCasesTest {
  private static final JsonObject OVERLAY = new JsonObject(ConfigCases.resource("overlay.json"));
  private static final JsonObject ERRORS = new JsonObject(ConfigCases.resource("errors.json"));

  static Stream<Arguments> cases() {
    return ConfigCases.all().stream().map(test -> Arguments.of(test.getString("name"), test));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void loadsAsTheCaseSays(String name, JsonObject test, @TempDir Path directory)
      throws IOException {
    Loaded loaded = ConfigCases.load(test, directory);
    JsonObject difference = OVERLAY.getJsonObject(name);
    if (startCases().contains(name)) {
      Expectation.started(loaded);
    } else if (difference == null) {
      asWritten(test, loaded);
    } else {
      differently(difference, test, loaded);
    }
  }

  private static void asWritten(JsonObject test, Loaded loaded) {
    if (!test.containsKey("error")) {
      Expectation.met(test.getJsonObject("expect"), loaded);
      return;
    }
    String message = ERRORS.getString(test.getString("error"));
    assertNotNull(message, () -> "errors.json lacks " + test.getString("error"));
    Expectation.refused(test.getInteger("exit"), message, loaded);
  }

  private static void differently(JsonObject difference, JsonObject test, Loaded loaded) {
    if (difference.containsKey("error")) {
      Expectation.refused(difference.getInteger("exit"), difference.getString("error"), loaded);
    } else if (difference.containsKey("expect")) {
      Expectation.met(difference.getJsonObject("expect"), loaded);
    }
    String warning = difference.getString("warning");
    if (warning != null) {
      List<String> warnings = Expectation.started(loaded).warnings();
      assertTrue(
          warnings.stream().anyMatch(w -> w.contains(warning)),
          () -> warning + " is not in " + warnings);
    }
    if (difference.containsKey("error") || difference.containsKey("expect")) {
      assertThrows(
          AssertionError.class,
          () -> asWritten(test, loaded),
          "no longer a difference: take it out of overlay.json");
    } else {
      asWritten(test, loaded);
    }
  }

  @Test
  void differencesAndStartCasesNameCases() {
    Set<String> names =
        ConfigCases.all().stream().map(test -> test.getString("name")).collect(Collectors.toSet());
    Set<String> unknown = new HashSet<>(OVERLAY.fieldNames());
    unknown.addAll(startCases());
    unknown.removeAll(names);
    assertEquals(Set.of(), unknown);
    assertEquals(442, names.size());
  }

  private static Set<String> startCases() {
    return ConfigCases.resource("start-cases.txt")
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.substring(line.indexOf('|') + 1).strip())
        .collect(Collectors.toSet());
  }
}
