package io.tagway.route.bench;

import io.tagway.route.CommandText;
import io.tagway.route.Instance;
import io.tagway.route.Line;
import io.tagway.route.Origin;
import io.tagway.route.PathMatcher;
import io.tagway.route.RouteTags;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The services of the benchmarks: each with a host, a wildcard host and a path of its own. */
final class Services {
  private enum Nothing implements Target.Attachment {
    ATTACHED
  }

  private Services() {}

  static Table.Options options(PathMatcher matcher) {
    return new Table.Options(matcher, Strategy.RND, true, target -> Nothing.ATTACHED);
  }

  static Map<String, List<Line>> of(int count, int routes, PathMatcher matcher) {
    Map<String, List<Line>> services = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      services.put("s" + i, lines(i, routes, 8080, matcher));
    }
    return services;
  }

  /** Service number i with up to three routes and two instances, on that port and the next. */
  static List<Line> lines(int i, int routes, int port, PathMatcher matcher) {
    String end = matcher == PathMatcher.GLOB ? "*" : "";
    List<String> tags =
        List.of(
            "urlprefix-s" + i + ".example.org/" + end,
            "urlprefix-*.w" + i + ".example.net/" + end,
            "urlprefix-/api/s" + i + "/" + end + " strip=/api");
    List<Line> lines = new ArrayList<>();
    RouteTags reader = new RouteTags("urlprefix-", "dc1");
    for (int n = 0; n < 2; n++) {
      String address = "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
      Instance instance =
          new Instance(
              "s" + i, "s" + i + "-" + n, "node", address, "", port + n, tags.subList(0, routes));
      lines.addAll(reader.commands(instance).lines());
    }
    return lines;
  }

  /** Hosts that are other patterns than a star and an end. */
  static List<Line> patterns(PathMatcher matcher) {
    StringBuilder text = new StringBuilder();
    String end = matcher == PathMatcher.GLOB ? "*" : "";
    for (String host : List.of("web?.example.org", "{api,www}.p.org", "10.0.*", "v[0-9].q.org")) {
      text.append("route add m ").append(host).append('/').append(end);
      text.append(" http://10.0.0.1:80/\n");
    }
    return CommandText.parse(text.toString(), new Origin(Origin.Kind.STATIC, "", "", 0)).lines();
  }
}
