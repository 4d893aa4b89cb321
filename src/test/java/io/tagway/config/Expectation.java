package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks an outcome against the {@code expect}, or {@code error} and {@code exit}, of a case. */
final class Expectation {
  private Expectation() {}

  /** The process ends with the status and says the text. */
  static void refused(int status, String text, Loaded loaded) {
    Loaded.Exit exit =
        assertInstanceOf(
            Loaded.Exit.class, loaded, () -> "should end with " + status + ": " + text);
    assertEquals(status, exit.status(), exit::stderr);
    assertTrue(exit.stderr().contains(text), () -> text + "\nis not in\n" + head(exit.stderr()));
  }

  /** The settings hold what is expected, or the process ends as {@code #exit} says. */
  static void met(JsonObject expected, Loaded loaded) {
    if (expected.containsKey("#exit")) {
      Loaded.Exit exit = assertInstanceOf(Loaded.Exit.class, loaded);
      assertEquals(expected.getInteger("#exit"), exit.status());
      matches(expected.getString("#stdout"), exit.stdout());
      matches(expected.getString("#stderr"), exit.stderr());
      return;
    }
    JsonObject actual = SettingsView.of(started(loaded).settings());
    for (Map.Entry<String, Object> entry : expected) {
      String option = entry.getKey();
      assertTrue(actual.containsKey(option), () -> "the view lacks " + option);
      same(option, entry.getValue(), actual.getValue(option));
    }
  }

  static Loaded.Start started(Loaded loaded) {
    return assertInstanceOf(
        Loaded.Start.class,
        loaded,
        () -> loaded instanceof Loaded.Exit exit ? head(exit.stderr()) : "");
  }

  /** Objects match partially, arrays by element; names of headers and auth schemes as a whole. */
  static void same(String where, Object expected, Object actual) {
    if (expected instanceof JsonObject object) {
      JsonObject other = assertInstanceOf(JsonObject.class, actual, where);
      if (where.endsWith(".hdr") || where.equals("proxy.auth")) {
        assertEquals(object.fieldNames(), other.fieldNames(), where);
      }
      for (Map.Entry<String, Object> entry : object) {
        same(where + "." + entry.getKey(), entry.getValue(), other.getValue(entry.getKey()));
      }
    } else if (expected instanceof JsonArray array) {
      JsonArray other = assertInstanceOf(JsonArray.class, actual, where);
      assertEquals(array.size(), other.size(), where + " " + other);
      for (int i = 0; i < array.size(); i++) {
        same(where + "[" + i + "]", array.getValue(i), other.getValue(i));
      }
    } else if (expected instanceof Number number && actual instanceof Number other) {
      assertEquals(
          0,
          new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString())),
          () -> where + ": expected " + number + " but was " + other);
    } else {
      assertEquals(expected, actual, where);
    }
  }

  private static void matches(String pattern, String text) {
    if (pattern != null) {
      assertTrue(Pattern.compile(pattern).matcher(text).find(), () -> pattern + "\n" + text);
    }
  }

  private static String head(String text) {
    return text.lines().limit(12).reduce("", (all, line) -> all + line + "\n");
  }
}
