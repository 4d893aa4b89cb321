package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lookups against a walk over all routes that follows the description word by word. */
class LookupPropertyTest {
  private static final List<String> KEYS =
      List.of(
          "",
          "a.org",
          "b.a.org",
          "a.org:80",
          "a.org:443",
          "a.org:81",
          "*.org",
          "*a.org",
          "*.a.org",
          "**.a.org",
          "*.a.org:80",
          "*.a.org:443",
          "*",
          "*:80",
          "*:443",
          "*:*",
          "?.a.org",
          "[a-c].a.org",
          "{a,b}.a.org",
          "{b.a,x}.org",
          "b.*",
          "b.a.*",
          "b.*.org",
          "*.a.*",
          "b?a.org",
          ":80",
          "b.a.org:80");
  private static final List<String> PATHS =
      List.of(
          "/",
          "/a",
          "/A",
          "/a/b",
          "/ab",
          "/a*",
          "/a/*",
          "/*",
          "/*/b",
          "/a/{b,c}",
          "/[a-c]",
          "/a?b");
  private static final List<String> HOSTS =
      List.of(
          "a.org", "b.a.org", "c.b.a.org", "x.org", "B.A.ORG", "b.a.org.", "", "nowhere", ".a.org");
  private static final List<String> PORTS = List.of("", "", ":80", ":443", ":81");
  private static final List<String> ASKED =
      List.of("/", "/a", "/A/b", "/a/b", "/ab", "/abc", "/x/b", "/x", "/b", "/a/c");

  static List<Long> seeds() {
    return IntStream.range(0, 150).mapToObj(i -> 8191L * i + 29).toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsTheRouteThatTheDescriptionNames(long seed) {
    Random random = new Random(seed);
    PathMatcher matcher = one(List.of(PathMatcher.values()), random);
    boolean globs = random.nextInt(5) > 0;
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(25); i > 0; i--) {
      text.append("route add s ").append(one(KEYS, random)).append(one(PATHS, random));
      text.append(" http://10.0.0.1/\n");
    }
    List<Line> lines = CommandText.parse(text.toString(), Tables.ORIGIN).lines();
    Table table = Table.of(Tables.options(matcher, globs), Map.of(), lines);
    for (int i = 0; i < 60; i++) {
      String host = one(HOSTS, random) + one(PORTS, random);
      boolean tls = random.nextBoolean();
      String path = one(ASKED, random);
      String found = table.lookup(RouteRequest.of(tls, host, path)).route().source().text();
      assertEquals(
          expected(table, matcher, globs, tls, host, path),
          found,
          () -> (tls ? "https://" : "http://") + host + path + " in\n" + table.text());
      Explanation told = table.explain(RouteRequest.of(tls, host, path), "");
      assertEquals(
          found,
          told.route().map(route -> route.source().text()).orElse(""),
          () -> told.hosts() + " in\n" + table.text());
    }
  }

  private static String expected(
      Table table, PathMatcher matcher, boolean globs, boolean tls, String host, String path) {
    String port = tls ? ":443" : ":80";
    String name = host.toLowerCase(Locale.ROOT);
    name = name.endsWith(port) ? name.substring(0, name.length() - port.length()) : name;
    String asked = name.replaceFirst("(?<=.)\\.(?=(:\\d+)?$)", "");
    List<String> keys =
        new ArrayList<>(table.routes().stream().map(Route::host).distinct().toList());
    keys.removeIf(key -> key.isEmpty() || key.startsWith(":"));
    keys.removeIf(
        key ->
            globs
                ? !GlobTest.asRegex(bare(key, port)).matcher(asked).matches()
                : !bare(key, port).equals(asked));
    keys.sort(
        Comparator.comparing((String key) -> globs && isGlob(key))
            .thenComparing(key -> globs && isGlob(key) ? -literals(bare(key, port)) : 0)
            .thenComparing(LookupPropertyTest::reversed, Comparator.reverseOrder()));
    keys.add("");
    for (String key : keys) {
      for (Route route : table.routes()) {
        if (route.host().equals(key) && matches(matcher, route.path(), path)) {
          boolean later = matcher == PathMatcher.IPREFIX && longer(table, route, path);
          if (!later) {
            return route.source().text();
          }
        }
      }
    }
    return "";
  }

  /** Whether another route of the host fits that has a longer path. */
  private static boolean longer(Table table, Route route, String path) {
    return table.routes().stream()
        .filter(other -> other.host().equals(route.host()))
        .filter(other -> matches(PathMatcher.IPREFIX, other.path(), path))
        .anyMatch(other -> other.path().length() > route.path().length());
  }

  private static boolean matches(PathMatcher matcher, String routePath, String path) {
    return switch (matcher) {
      case PREFIX -> path.startsWith(routePath);
      case IPREFIX -> path.regionMatches(true, 0, routePath, 0, routePath.length());
      case GLOB -> GlobTest.asRegex(routePath).matcher(path).matches();
    };
  }

  private static String bare(String key, String port) {
    return key.endsWith(port) ? key.substring(0, key.length() - port.length()) : key;
  }

  private static boolean isGlob(String key) {
    return key.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /** For the keys above: the shortest alternative counts, a class not at all. */
  private static int literals(String key) {
    String plain = key.replaceAll("\\[.*?]|[*?]", "").replace("{a,b}", "a").replace("{b.a,x}", "x");
    return plain.length();
  }

  private static String reversed(String key) {
    int port = key.indexOf(':') < 0 ? key.length() : key.indexOf(':');
    return new StringBuilder(key.substring(0, port)).reverse() + key.substring(port);
  }

  private static <T> T one(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
