package io.tagway.route;

import java.util.List;
import java.util.Map;

/** Tables for tests. */
final class Tables {
  static final Origin ORIGIN = new Origin(Origin.Kind.STATIC, "", "", 0);

  /** What tests attach; tells objects apart. */
  static final class Attached implements Target.Attachment {}

  private Tables() {}

  static Table.Options options(PathMatcher matcher, boolean hostGlobs) {
    return new Table.Options(matcher, Strategy.RR, hostGlobs, target -> new Attached());
  }

  static Table.Options options() {
    return options(PathMatcher.PREFIX, true);
  }

  /** The table of these lines; each must be readable. */
  static Table of(Table.Options options, String... lines) {
    return Table.of(options, Map.of(), lines(lines));
  }

  static Table of(String... lines) {
    return of(options(), lines);
  }

  static List<Line> lines(String... lines) {
    Parsed parsed = CommandText.parse(String.join("\n", lines), ORIGIN);
    if (!parsed.problems().isEmpty()) {
      throw new IllegalArgumentException(parsed.problems().toString());
    }
    return parsed.lines();
  }

  static RouteRequest get(String host, String uri) {
    return RouteRequest.of(false, host, uri);
  }
}
