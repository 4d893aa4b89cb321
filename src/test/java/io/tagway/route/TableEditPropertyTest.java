package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a table came about, it is the table of its commands. */
class TableEditPropertyTest {
  private static final List<String> HOSTS =
      List.of(
          "",
          "a.org",
          "b.org",
          "a.org:80",
          "a.org:443",
          "*.org",
          "*.a.org",
          "**.a.org",
          "?.org",
          "{a,b}.org",
          "*",
          "*:80",
          ":1234",
          "x[.org",
          "A.org.");
  private static final List<String> PATHS =
      List.of("/", "/a", "/A", "/a/b", "/ab", "/a*", "/a/*", "/*/b", "/{a,b}/c", "/ac[");
  private static final List<String> TAGS = List.of("", "x", "y", "x,y", "q\"q", "b\\b");
  private static final List<String> WEIGHTS = List.of("", "", "", "0.3", "0.5", "1", "0.0001");
  private static final List<String> OPTIONS =
      List.of("", "", "strip=/a", "redirect=301", "redirect=999", "allow=ip:10.0.0.0/8", "deny=x");

  static List<Long> seeds() {
    return IntStream.range(0, 60).mapToObj(i -> 7919L * i + 17).toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anySequenceOfEditsEndsInTheTableOfTheEndState(long seed) {
    Random random = new Random(seed);
    PathMatcher matcher = one(List.of(PathMatcher.values()), random);
    Table.Options options = Tables.options(matcher, random.nextInt(4) > 0);
    Table table = Table.empty(options);
    Map<String, List<Line>> services = new HashMap<>();
    List<Line> manual = List.of();
    for (int step = 0; step < 25; step++) {
      Table before = table;
      String textBefore = before.text();
      if (random.nextInt(5) == 0) {
        manual = manual(random);
        table = table.withManual(manual);
      } else {
        Map<String, List<Line>> changed = new HashMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
          String service = "s" + random.nextInt(6);
          changed.put(service, announced(service, random));
        }
        services.putAll(changed);
        table = table.withServices(changed);
      }
      same(Table.of(options, services, manual), table, random);
      assertEquals(textBefore, before.text(), "an edit must not change the table it came from");
      assertEquals(
          delta(before, table), delta(Table.of(options, Map.of(), List.of()), before, table));
    }
  }

  private static void same(Table expected, Table actual, Random random) {
    assertEquals(expected.text(), actual.text());
    assertEquals(expected.tree(), actual.tree());
    assertEquals(expected.problems(), actual.problems());
    assertEquals(expected.targetCount(), actual.targetCount());
    for (int i = 0; i < 20; i++) {
      String host = one(List.of("a.org", "b.org", "c.a.org", "z.net", "", "a.org:80"), random);
      String path = one(List.of("/", "/a", "/a/b", "/A/b", "/b/c", "/x/b", "/abc"), random);
      RouteRequest request = RouteRequest.of(random.nextBoolean(), host, path);
      Target one = expected.lookup(request);
      Target other = actual.lookup(request);
      assertEquals(one.route().source(), other.route().source(), () -> host + path);
      assertEquals(
          expected.lookupExact(host).route().source(), actual.lookupExact(host).route().source());
    }
  }

  /** What was added and removed, from the whole texts. */
  private static List<String> delta(Table before, Table after) {
    List<String> added = new ArrayList<>(after.text().lines().toList());
    before.text().lines().forEach(added::remove);
    return added;
  }

  private static List<String> delta(Table empty, Table before, Table after) {
    assertEquals(after.text().lines().toList(), after.linesNotIn(empty));
    return after.linesNotIn(before);
  }

  private static List<Line> announced(String service, Random random) {
    List<Line> lines = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Origin origin = new Origin(Origin.Kind.TAG, service, "n/" + random.nextInt(3), 0);
      lines.addAll(CommandText.parse(add(service, random), origin).lines());
    }
    return lines;
  }

  private static List<Line> manual(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.append(command("s" + random.nextInt(6), random)).append('\n');
    }
    Parsed parsed = CommandText.parse(text.toString(), Tables.ORIGIN);
    assertEquals(List.of(), parsed.problems());
    return parsed.lines();
  }

  private static String command(String service, Random random) {
    String source = one(HOSTS, random) + one(PATHS, random);
    String tags = one(TAGS, random).replace("\"", "\"\"");
    return switch (random.nextInt(8)) {
      case 0 -> "route del " + service;
      case 1 -> "route del " + service + " " + source;
      case 2 -> "route del " + service + " tags \"" + tags + "\"";
      case 3 -> "route del tags \"" + tags + "\"";
      case 4 -> "route weight " + service + " " + source + " weight 0.2 tags \"" + tags + "\"";
      case 5 -> "route weight " + source + " weight 0.4 tags \"" + tags + "\"";
      default -> add(service, random);
    };
  }

  private static String add(String service, Random random) {
    String scheme = one(List.of("http://", "http://", "tcp://", "bad:"), random);
    String weight = one(WEIGHTS, random);
    String tags = one(TAGS, random).replace("\"", "\"\"");
    String options = one(OPTIONS, random);
    return "route add "
        + service
        + " "
        + one(HOSTS, random)
        + one(PATHS, random)
        + " "
        + scheme
        + "10.0.0."
        + random.nextInt(4)
        + ":80"
        + (weight.isEmpty() ? "" : " weight " + weight)
        + (tags.isEmpty() ? "" : " tags \"" + tags + "\"")
        + (options.isEmpty() ? "" : " opts \"" + options + "\"");
  }

  private static <T> T one(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
