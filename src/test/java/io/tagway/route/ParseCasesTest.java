package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Texts to tables. Where Fabio refuses a text for one line, the line must be a problem with the
 * same message and the rest of the text must stand.
 */
class ParseCasesTest {
  @TestFactory
  Stream<DynamicTest> readsAsTheCaseSays() {
    return new Cases("parse").all(ParseCasesTest::actual, ParseCasesTest::expected);
  }

  private record Read(Table table, List<Problem> problems, List<String> aliases) {
    static Read of(String text) {
      Parsed parsed = CommandText.parse(text, Tables.ORIGIN);
      Table table = Table.of(Tables.options(), Map.of(), parsed.lines());
      List<Problem> problems = new ArrayList<>(parsed.problems());
      // Fabio logs a weight command without a target as well, and goes on.
      table.problems().stream()
          .filter(problem -> !problem.reason().equals("route: no target match"))
          .forEach(problems::add);
      List<String> aliases =
          parsed.lines().stream()
              .filter(line -> line.command() instanceof Command.Add)
              .map(line -> ((Command.Add) line.command()).options().get("register"))
              .filter(alias -> alias != null)
              .toList();
      return new Read(table, problems, aliases);
    }
  }

  private static JsonObject actual(JsonObject c) {
    Read read = Read.of(text(c));
    return shape(lines(read.table()), read.aliases(), read.problems());
  }

  private static JsonObject shape(List<?> lines, List<?> aliases, List<Problem> problems) {
    JsonArray told = new JsonArray();
    for (Problem problem : problems) {
      boolean parser = problem.reason().startsWith("syntax error");
      told.add(parser ? "line " + problem.origin().line() + ": " + problem.reason() : "refused");
    }
    return new JsonObject()
        .put("table", new JsonArray(lines))
        .put("aliases", new JsonArray(aliases))
        .put("problems", told);
  }

  private static JsonObject expected(JsonObject c) {
    JsonObject expect = c.getJsonObject("expect");
    if (expect.containsKey("table")) {
      return new JsonObject()
          .put("table", expect.getJsonArray("table"))
          .put("aliases", expect.getJsonArray("aliases", new JsonArray()))
          .put("problems", expect.getJsonArray("problems", new JsonArray()));
    }
    // Without the lines that we refuse, the text has to mean the same and to be in order.
    Read whole = Read.of(text(c));
    List<String> lines = new ArrayList<>(Arrays.asList(text(c).split("\n", -1)));
    for (Problem problem : whole.problems()) {
      lines.set(problem.origin().line() - 1, "");
    }
    Read rest = Read.of(String.join("\n", lines));
    assertEquals(List.of(), rest.problems());
    JsonObject shape = shape(lines(rest.table()), rest.aliases(), whole.problems());
    String error = expect.getString("error", "crash");
    JsonArray problems = shape.getJsonArray("problems");
    String first = error.startsWith("line ") ? error : "refused";
    if (problems.isEmpty()) {
      problems.add(first);
    } else {
      problems.set(0, first);
    }
    return shape;
  }

  private static String text(JsonObject c) {
    String text = c.getString("text");
    return text != null ? text : String.join("\n", Cases.texts(c.getJsonArray("input")));
  }

  private static List<String> lines(Table table) {
    return table.text().isEmpty() ? List.of() : List.of(table.text().split("\n", -1));
  }
}
