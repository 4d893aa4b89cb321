package io.tagway.proxy.tcp;

import io.tagway.route.CommandText;
import io.tagway.route.Origin;
import io.tagway.route.Parsed;
import io.tagway.route.PathMatcher;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.util.Map;

/** Tables of lines. */
final class TestTables {
  private record Nothing() implements Target.Attachment {}

  private TestTables() {}

  static Table of(String... lines) {
    Parsed parsed =
        CommandText.parse(String.join("\n", lines), new Origin(Origin.Kind.STATIC, "", "", 0));
    Table.Options options =
        new Table.Options(PathMatcher.PREFIX, Strategy.RR, true, target -> new Nothing());
    Table table = Table.of(options, Map.of(), parsed.lines());
    if (!parsed.problems().isEmpty() || !table.problems().isEmpty()) {
      throw new IllegalArgumentException(parsed.problems() + " " + table.problems());
    }
    return table;
  }
}
