package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandTextTest {
  static List<Long> seeds() {
    return IntStream.range(0, 200).mapToObj(i -> 104729L * i + 3).toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readingIsTheInverseOfPrinting(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      Command command = command(random);
      Parsed parsed = CommandText.parse(command.print(), Tables.ORIGIN);
      assertEquals(List.of(), parsed.problems(), command::print);
      assertEquals(command, parsed.lines().get(0).command(), command::print);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyTextIsReadAsCommandsAndProblemsOnItsLines(long seed) {
    Random random = new Random(seed);
    List<String> words =
        List.of(
            "route",
            "add",
            "del",
            "weight",
            "tags",
            "opts",
            "\"",
            "\"\"",
            "\"a,b\"",
            "/",
            ":80",
            "\n",
            "\r\n",
            "\t",
            " ",
            "  ",
            "\u00a0",
            "\u000b",
            "#",
            "//",
            "0.5",
            "1e999",
            "nan",
            "a",
            "\ufeff",
            "\ud800",
            "\\",
            "http://10.0.0.1/",
            "x[",
            "=");
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append(words.get(random.nextInt(words.size())));
      text.append(random.nextInt(3) > 0 ? " " : "");
    }
    Parsed parsed = CommandText.parse(text.toString(), Tables.ORIGIN);
    long lines = text.chars().filter(c -> c == '\n').count() + 1;
    List<Integer> told = new ArrayList<>();
    parsed.lines().forEach(line -> told.add(line.origin().line()));
    parsed.problems().forEach(problem -> told.add(problem.origin().line()));
    assertEquals(told.stream().distinct().count(), told.size(), "one outcome a line");
    assertTrue(told.stream().allMatch(line -> line >= 1 && line <= lines));
    Table table = Table.of(Tables.options(PathMatcher.GLOB, true), Map.of(), parsed.lines());
    assertEquals(table.text(), again(table).text());
  }

  private static Table again(Table table) {
    Parsed parsed = CommandText.parse(table.text(), Tables.ORIGIN);
    assertEquals(List.of(), parsed.problems(), table::text);
    return Table.of(Tables.options(PathMatcher.GLOB, true), Map.of(), parsed.lines());
  }

  @Test
  void aLineMayBeOfAnyLength() {
    String path = "/" + "x".repeat(200_000);
    Parsed parsed =
        CommandText.parse(
            "route add a " + path + " http://10.0.0.1/\nroute add b / http://10.0.0.2/",
            Tables.ORIGIN);
    assertEquals(2, parsed.lines().size());
  }

  @Test
  void aProblemSaysWhereWhatWhyAndWhatWouldFit() {
    Origin file = new Origin(Origin.Kind.FILE, "routes.txt", "", 0);
    Parsed parsed = CommandText.parse("\n# comment\n  route add a /  \n", file);
    Problem problem = parsed.problems().get(0);
    assertEquals(file.atLine(3), problem.origin());
    assertEquals("route add a /", problem.text());
    assertEquals("syntax error: 'route add' invalid", problem.reason());
    assertTrue(problem.fits().startsWith("route add <service> <source> <destination>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "route del a tags \"\"|Delete[service=a, source=, destination=, tags=[]]",
        "route del tags \"x, y\"|Delete[service=, source=, destination=, tags=[x, y]]",
        "route del a tags x|Delete[service=a, source=tags, destination=x, tags=[]]",
        "route del tags|Delete[service=tags, source=, destination=, tags=[]]",
        "route weight a weight weight 1|Weight[service=a, source=weight, weight=1.0, tags=[]]",
        "route weight / weight 1 tags \"x\"|Weight[service=, source=/, weight=1.0, tags=[x]]",
        "route weight a / weight 0x1p-2|Weight[service=a, source=/, weight=0.25, tags=[]]",
        "route weight a / weight 1_0.5e-1|Weight[service=a, source=/, weight=1.05, tags=[]]",
        "route del a tags \"x\"\"y\"|Delete[service=a, source=, destination=, tags=[x\"y]]",
      })
  void readsTheFormsThatLookAlike(String line, String command) {
    assertEquals(command, Tables.lines(line).get(0).command().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "1__0",
    "_1",
    "1_",
    "0x1",
    "1e",
    ".",
    "1f",
    "0x.p1",
    "--1",
    "infinity",
    "2e9",
    "1e-10"
  })
  void refusesWeightsThatAreNoNumbersOrOutOfBounds(String weight) {
    Parsed parsed =
        CommandText.parse("route add a / http://10.0.0.1/ weight " + weight, Tables.ORIGIN);
    assertEquals("syntax error: weight value invalid", parsed.problems().get(0).reason());
  }

  private static Command command(Random random) {
    double weight = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000) / 987_654.0;
    String service = word(random);
    String source = word(random);
    return switch (random.nextInt(6)) {
      case 0 -> new Command.Delete(service, "", "", List.of());
      case 1 ->
          new Command.Delete(service, source, random.nextBoolean() ? word(random) : "", List.of());
      case 2 -> new Command.Delete(random.nextBoolean() ? service : "", "", "", tags(random));
      case 3 ->
          new Command.Weight(random.nextBoolean() ? service : "", source, -weight, tags(random));
      default ->
          new Command.Add(service, source, word(random), weight, tags(random), options(random));
    };
  }

  private static List<String> tags(Random random) {
    List<String> tags = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.add(random.nextInt(4) == 0 ? "" : word(random).replace(",", ""));
    }
    return tags;
  }

  private static Map<String, String> options(Random random) {
    Map<String, String> options = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      options.put(word(random).replace("=", ""), random.nextInt(3) == 0 ? "" : word(random));
    }
    return options;
  }

  /** A word that is neither a keyword nor starts with a quote. */
  private static String word(Random random) {
    String characters = "abcz019/:.-_\"\\,=$*?[]{}#'äß語\ud83d\ude00";
    StringBuilder word = new StringBuilder("w");
    for (int i = random.nextInt(8); i > 0; i--) {
      int at =
          characters.offsetByCodePoints(
              0, random.nextInt(characters.codePointCount(0, characters.length())));
      word.appendCodePoint(characters.codePointAt(at));
    }
    return word.toString();
  }
}
