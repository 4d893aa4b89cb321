package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTagsTest {
  private static final RouteTags READER = new RouteTags("urlprefix-", "dc1");

  private static Parsed read(String... tags) {
    return READER.commands(new Instance("shop", "shop-1", "n1", "10.0.0.1", "", 80, List.of(tags)));
  }

  @Test
  void aCommandSaysWhichInstanceAnnouncedIt() {
    Line line = read("urlprefix-/a").lines().get(0);
    assertEquals(new Origin(Origin.Kind.TAG, "shop", "n1/shop-1", 0), line.origin());
  }

  @Test
  void oneBadTagLeavesTheOthersAlone() {
    Parsed parsed = read("urlprefix-", "urlprefix-/a", "urlprefix-/b weight=x", "blue");
    assertEquals(
        List.of(
            "route add shop /a http://10.0.0.1:80/ tags \"blue\"",
            "route add shop /b http://10.0.0.1:80/ tags \"blue\""),
        parsed.lines().stream().map(line -> line.command().print()).toList());
    assertEquals(
        List.of("urlprefix-", "urlprefix-/b weight=x"),
        parsed.problems().stream().map(Problem::text).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"allow=\"ip:10.0.0.0/8\"", "deny=\"", "auth=\"x\""})
  void anOptionThatKeepsSomebodyOutIsNeverJustLeftOut(String option) {
    Parsed parsed = read("urlprefix-/a " + option);
    assertEquals(List.of(), parsed.lines());
    assertEquals(1, parsed.problems().size());
  }

  @Test
  void aTagWithALineBreakIsLeftOutAndTold() {
    Parsed parsed = read("urlprefix-/a", "x\nroute add evil / http://10.9.9.9/");
    assertEquals(
        List.of("route add shop /a http://10.0.0.1:80/"),
        parsed.lines().stream().map(line -> line.command().print()).toList());
    assertEquals("tag with a control character", parsed.problems().get(0).reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urlprefix-x.test/\nroute add evil / http://10.9.9.9/",
        "urlprefix-x.test/ strip=/a\rb",
        "urlprefix-x\u0000.test/",
        "urlprefix-x.test/\u0085y"
      })
  void aRouteTagWithAControlCharacterIsSkippedAndTold(String tag) {
    for (String[] tags : new String[][] {{tag}, {"urlprefix-/a", tag}}) {
      Parsed parsed = read(tags);
      assertEquals(tags.length - 1, parsed.lines().size());
      Problem problem = parsed.problems().get(0);
      assertEquals(tag, problem.text());
      assertEquals("route tag with a control character", problem.reason());
      assertEquals("one line of printable text", problem.fits());
    }
  }

  @Test
  void aServiceNameWithABlankHidesNoProblemOfATag() {
    List<String> tags = List.of("urlprefix-/a", "urlprefix-/b\ry", "x\ry");
    Parsed parsed =
        READER.commands(new Instance("my shop", "shop-1", "n1", "10.0.0.1", "", 80, tags));
    assertEquals(List.of(), parsed.lines());
    assertEquals(
        List.of("urlprefix-/b\ry", "x\ry", "my shop"),
        parsed.problems().stream().map(Problem::text).toList());
  }

  @Test
  void tagsOfAServiceThatAsksForNoRouteAreNoProblem() {
    assertEquals(List.of(), read("x\ry", "blue").problems());
    assertEquals(
        List.of("urlprefix-/b\ry"),
        read("x\ry", "urlprefix-/b\ry").problems().stream().map(Problem::text).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "$DC-${DC}x,dc1-dc1x",
    "$DCx/y,/y",
    "${DCx}/y,/y",
    "a$,a$",
    "a$/b,a$/b",
    "$$,''",
    "$1$12,2",
    "${}x,x",
    "${a,a",
    "a${DC,aDC",
    "$*$#$@$!$?$-,''",
    "$ä,$ä",
    "a_$_b_c,a_"
  })
  void expandsVariablesAsAShellWould(String text, String expanded) {
    assertEquals(expanded, new Variables("dc1").expand(text));
  }

  @Test
  void knowsRouteTags() {
    assertTrue(READER.isRoute(" urlprefix-/a"));
    assertFalse(READER.isRoute("URLPREFIX-/a"));
  }

  @Test
  void anyTagsGiveCommandsThatPrintAndReadAndMakeATable() {
    Random random = new Random(23);
    List<String> parts =
        List.of(
            "urlprefix-",
            " ",
            "\t",
            "/",
            "a.org",
            ":80",
            "$DC",
            "${",
            "weight=",
            "0.5",
            "proto=",
            "tcp",
            "redirect=",
            "301",
            ",",
            "http://x/",
            "\"",
            "\\",
            "strip=",
            "host=dst",
            "allow=",
            "\n",
            "\u00a0",
            "=",
            "*",
            "[");
    for (int i = 0; i < 5_000; i++) {
      List<String> tags = new ArrayList<>();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        StringBuilder tag = new StringBuilder(random.nextInt(3) > 0 ? "urlprefix-" : "");
        for (int k = random.nextInt(7); k > 0; k--) {
          tag.append(parts.get(random.nextInt(parts.size())));
        }
        tags.add(tag.toString());
      }
      Parsed parsed = read(tags.toArray(String[]::new));
      Table table = Table.of(Tables.options(), Map.of("shop", parsed.lines()), List.of());
      assertTrue(table.targetCount() <= tags.size());
      for (Line line : parsed.lines()) {
        List<Line> again = CommandText.parse(line.command().print(), Tables.ORIGIN).lines();
        assertEquals(line.command(), again.get(0).command(), () -> tags.toString());
      }
    }
  }
}
