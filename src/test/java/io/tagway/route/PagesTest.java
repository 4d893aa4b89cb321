package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/tags.md and docs/commands.md show is what the code does. */
class PagesTest {
  private static final Path DOCS = Path.of("docs");
  private static final Pattern ROW = Pattern.compile("\\| `(urlprefix-[^`]*)` \\| (.*) \\|");
  private static final Pattern STORED = Pattern.compile("consul kv put .* '(route .*)'");

  private static final Origin HERE = new Origin(Origin.Kind.STATIC, "", "", 0);

  private record Example(String tag, String outcome) {}

  private static List<Example> examples() throws IOException {
    return Files.readAllLines(DOCS.resolve("tags.md")).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> new Example(row.group(1), row.group(2)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aTagBecomesWhatThePageSays(Example example) {
    Parsed parsed =
        new RouteTags("urlprefix-", "dc1")
            .commands(
                new Instance("shop", "shop-1", "n1", "10.0.0.1", "", 80, List.of(example.tag())));
    if (example.outcome().startsWith("`")) {
      String command = example.outcome().substring(1, example.outcome().length() - 1);
      assertEquals(
          List.of(CommandText.parse(command, HERE).lines().get(0).command()),
          parsed.lines().stream().map(Line::command).toList());
    } else {
      assertEquals(List.of(), parsed.lines());
      assertEquals(
          List.of(example.outcome()), parsed.problems().stream().map(Problem::reason).toList());
    }
  }

  private static List<String> commands() throws IOException {
    List<String> lines = Files.readAllLines(DOCS.resolve("commands.md"));
    return Stream.concat(
            lines.stream().filter(line -> line.startsWith("    route ")).map(String::strip),
            lines.stream().map(STORED::matcher).filter(Matcher::find).map(found -> found.group(1)))
        .toList();
  }

  @Test
  void thereAreExamples() throws IOException {
    assertTrue(examples().size() > 9 && commands().size() > 12);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandCanBeRead(String command) {
    Parsed parsed = CommandText.parse(command, HERE);
    assertEquals(List.of(), parsed.problems());
    assertEquals(1, parsed.lines().size());
  }
}
