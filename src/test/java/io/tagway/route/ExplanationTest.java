package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.route.Explanation.HostStep;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
  private static final Table TABLE =
      Tables.of(
          "route add exact a.org/x/y http://10.0.0.1/",
          "route add exact a.org/x http://10.0.0.1/",
          "route add port a.org:80/only http://10.0.0.1/",
          "route add suffix *.org/ http://10.0.0.1/",
          "route add glob ?.org/ http://10.0.0.1/",
          "route add com *.com/ http://10.0.0.1/",
          "route add b b.*.org/ http://10.0.0.1/",
          "route add any / http://10.0.0.1/",
          "route add any /x http://10.0.0.1/");

  private static Explanation explain(Table table, String host, String uri) {
    return table.explain(Tables.get(host, uri), "");
  }

  /** Hosts as {@code key OUTCOME}, those that were asked with their paths. */
  private static List<String> told(Explanation explanation) {
    return explanation.hosts().stream().map(ExplanationTest::told).toList();
  }

  private static String told(HostStep host) {
    String paths =
        host.paths().stream()
            .map(step -> " " + step.route().path() + " " + step.outcome())
            .collect(Collectors.joining(","));
    return host.key() + " " + host.outcome() + paths;
  }

  @Test
  void hostsAreToldInTheOrderInWhichTheyAreTried() {
    assertEquals(
        List.of(
            "a.org:80 NO_PATH /only DIFFERS",
            "a.org WON /x/y DIFFERS, /x WON",
            "b.*.org DIFFERS",
            "?.org LATER",
            "*.org LATER",
            " LATER"),
        told(explain(TABLE, "A.org.:80", "/x/z")));
  }

  @Test
  void aHostWithoutAPathThatFitsLeavesItToTheNext() {
    Explanation told = explain(TABLE, "a.org", "/else");
    assertEquals("?.org WON / WON", told(told).get(3));
    assertEquals("glob", told.route().orElseThrow().targets().get(0).service());
  }

  @Test
  void aHostThatIsNotThereIsToldAsWell() {
    assertEquals(
        List.of("b.net ABSENT", "b.*.org DIFFERS", "?.org DIFFERS", " WON /x DIFFERS, / WON"),
        told(explain(TABLE, "b.net", "/")));
    assertEquals(Optional.empty(), explain(Tables.of(), "b.net", "/").route());
    assertEquals(List.of("b.net ABSENT"), told(explain(Tables.of(), "b.net", "/")));
  }

  @ParameterizedTest
  @CsvSource({
    "PREFIX, '/b/c DIFFERS, /a/b WON, /a LATER, /A DIFFERS, / LATER'",
    "IPREFIX, '/b/c DIFFERS, /a/b WON, /a LATER, /A LATER, / LATER'"
  })
  void pathsThatFitAsWellComeLater(PathMatcher matcher, String paths) {
    Table table =
        Tables.of(
            Tables.options(matcher, true),
            "route add s / http://10.0.0.1/",
            "route add s /a http://10.0.0.1/",
            "route add s /A http://10.0.0.1/",
            "route add s /a/b http://10.0.0.1/",
            "route add s /b/c http://10.0.0.1/");
    assertEquals(" WON " + paths, told(explain(table, "x", "/a/bc")).get(1));
  }

  @Test
  void ofManyPathsThoseThatFitAndTheNearestAreTold() {
    String[] lines =
        IntStream.range(0, 2_000)
            .mapToObj("route add s /part-%04d/x http://10.0.0.1/"::formatted)
            .toArray(String[]::new);
    HostStep host = explain(Tables.of(lines), "x", "/part-1234/y").hosts().get(1);
    assertEquals(12, host.paths().size());
    assertEquals(1_988, host.morePaths());
    assertTrue(
        host.paths().stream().anyMatch(step -> step.route().path().equals("/part-1234/x")),
        host.toString());
  }

  @Test
  void ofManyPatternsThatDoNotFitAFewAreTold() {
    String[] lines =
        IntStream.range(0, 500)
            .mapToObj("route add s x*%03d.org/ http://10.0.0.1/"::formatted)
            .toArray(String[]::new);
    Explanation told = explain(Tables.of(lines), "x000.org", "/");
    assertEquals("s", told.route().orElseThrow().targets().get(0).service());
    assertEquals(22, told.hosts().size());
    assertEquals(479, told.moreHosts());
  }

  @Test
  void aRedirectToItselfIsPassedOver() {
    Table table =
        Tables.of(
            "route add r a.org/ http://a.org$path opts \"redirect=301\"",
            "route add s / http://10.0.0.1/");
    assertEquals(List.of("a.org LOOPS / LOOPS", " WON / WON"), told(explain(table, "a.org", "/x")));
  }

  @Test
  void aTargetThatLoopsIsNamed() {
    Table table =
        Tables.of(
            "route add r a.org/ http://a.org$path opts \"redirect=301\"",
            "route add s a.org/ http://10.0.0.1/");
    Explanation told = explain(table, "a.org", "/x");
    assertEquals("a.org WON / WON", told(told).get(0));
    assertEquals(List.of("r"), told.looping().stream().map(Target::service).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "shop.test:9999, 'shop.test, shop.test:80, chop.test'",
    "shpo.test, 'shop.test, shop.test:80'",
    "shop.text, 'shop.test, shop.test:80, chop.test'",
    "shop.test, ''",
    "house.test, ''",
    "x.test, a.test",
    "x, ''",
  })
  void hostsThatMayHaveBeenMeantAreNamed(String host, String near) {
    Table table =
        Tables.of(
            "route add s shop.test/ http://10.0.0.1/",
            "route add s shop.test:80/ http://10.0.0.1/",
            "route add s chop.test/ http://10.0.0.1/",
            "route add s *hop.test/ http://10.0.0.1/",
            "route add s a.test/ http://10.0.0.1/");
    assertEquals(near, String.join(", ", explain(table, host, "/").nearHosts()));
  }

  @Test
  void nobodyLosesATurnByIt() {
    Table table = Tables.of("route add a / http://10.0.0.1/", "route add b / http://10.0.0.2/");
    for (int i = 0; i < 6; i++) {
      Route route = explain(table, "x", "/").route().orElseThrow();
      Target next = route.upNext().orElseThrow();
      assertEquals(next, table.lookup(Tables.get("x", "/")));
    }
    Table random =
        Table.of(
            new Table.Options(
                PathMatcher.PREFIX, Strategy.RND, true, t -> new Tables.Attached(), n -> 0),
            Map.of(),
            Tables.lines("route add a / http://10.0.0.1/", "route add b / http://10.0.0.2/"));
    assertEquals(Optional.empty(), explain(random, "x", "/").route().orElseThrow().upNext());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "allow=ip:10.0.0.0/8, 10.1.2.3, -, true, 10.1.2.3, ip:10.0.0.0/8",
        "allow=ip:10.0.0.0/8, 192.0.2.1, -, false, 192.0.2.1, ''",
        "'deny=ip:10.1.0.0/16,ip:2001:db8::1', 10.1.2.3, -, false, 10.1.2.3, ip:10.1.0.0/16",
        "'deny=ip:10.1.0.0/16,ip:2001:db8::1', 10.2.2.3, '1.2.3.4, [2001:db8::1]:99', false,"
            + " [2001:db8::1]:99, ip:2001:db8::1",
        "allow=ip:10.0.0.0/8, 10.2.2.3, '10.1.1.1, who', false, who, ''",
        "allow=ip:nonsense, 10.2.2.3, -, false, 10.2.2.3, ''",
        "strip=/x, 10.2.2.3, -, true, 10.2.2.3, ''",
      })
  void theAddressAndTheRuleThatDecideAreNamed(
      String options,
      String peer,
      @Nullable String forwarded,
      boolean admitted,
      String address,
      String item)
      throws UnknownHostException {
    Table table =
        Table.of(
            Tables.options(),
            Map.of(),
            CommandText.parse(
                    "route add s / http://10.0.0.1/ opts \"" + options + "\"", Tables.ORIGIN)
                .lines());
    Target target = table.lookup(Tables.get("x", "/"));
    List<String> xff = forwarded == null ? List.of() : List.of(forwarded);
    String rules = options.startsWith("strip") ? "" : options;
    assertEquals(
        new AccessCause(admitted, rules, address, item),
        AccessCause.of(target, InetAddress.getByName(peer), xff));
  }
}
