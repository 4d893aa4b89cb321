package io.tagway.admin;

import io.tagway.route.CommandText;
import io.tagway.route.Line;
import io.tagway.route.Origin;
import io.tagway.route.Parsed;
import io.tagway.route.PathMatcher;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Real tables for tests, written as route commands. */
final class Tables {
  private static final Target.Attachment NOTHING = new Target.Attachment() {};
  static final Table.Options OPTIONS =
      new Table.Options(PathMatcher.PREFIX, Strategy.RND, true, target -> NOTHING);

  private Tables() {}

  /** A table of these commands, all of which must be good. */
  static Table of(String... commands) {
    Origin origin = new Origin(Origin.Kind.STATIC, "", "", 0);
    Parsed parsed = CommandText.parse(String.join("\n", commands), origin);
    if (!parsed.problems().isEmpty()) {
      throw new IllegalArgumentException(parsed.problems().toString());
    }
    return Table.of(OPTIONS, Map.of(), parsed.lines());
  }

  /** One command as a tag of a service would give it. */
  static Line tag(String service, String node, String id, String command) {
    Origin origin = new Origin(Origin.Kind.TAG, service, node + "/" + id, 0);
    return new Line(CommandText.parse(command, origin).lines().get(0).command(), origin);
  }

  /** A table of services with one target each: {@code svc-0007} at {@code h7.example.com/}. */
  static Table ofSize(int services) {
    Map<String, List<Line>> lines = new HashMap<>();
    for (int i = 0; i < services; i++) {
      String name = "svc-%05d".formatted(i);
      lines.put(name, List.of(line(name, i, i % 250)));
    }
    return Table.of(OPTIONS, lines, List.of());
  }

  /** The line of one service of {@link #ofSize}, at another address. */
  static Line line(String name, int i, int address) {
    return tag(
        name,
        "node-%02d".formatted(i % 40),
        name + "-1",
        "route add %s host-%04d.example.com/part-%d http://10.%d.%d.%d:8080/ tags \"eu,team-%d\" opts \"strip=/part-%d\""
            .formatted(name, i / 3, i % 3, i / 2500, i % 250, address, i % 7, i % 3));
  }
}
