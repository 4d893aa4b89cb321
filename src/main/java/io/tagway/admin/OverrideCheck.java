package io.tagway.admin;

import io.tagway.config.Settings;
import io.tagway.route.Command;
import io.tagway.route.CommandText;
import io.tagway.route.Line;
import io.tagway.route.Origin;
import io.tagway.route.Parsed;
import io.tagway.route.Problem;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Reads manual commands before they are stored. What is wrong by itself is found: the syntax, a
 * destination, a pattern. What depends on the services of the moment is none of its business; a
 * weight for a service that is not there yet is fine.
 */
final class OverrideCheck {
  private static final Target.Attachment NOTHING = new Target.Attachment() {};

  private final Table.Options options;

  OverrideCheck(Settings.Routing routing) {
    options =
        new Table.Options(
            routing.matcher(), routing.strategy(), routing.hostGlobs(), target -> NOTHING);
  }

  /** What is wrong with a text, in the order of its lines. */
  List<Problem> problems(String text, String key) {
    Parsed parsed = CommandText.parse(text, new Origin(Origin.Kind.OVERRIDE, key, "", 0));
    List<Problem> found = new ArrayList<>(parsed.problems());
    List<Line> standing =
        parsed.lines().stream()
            .filter(line -> !(line.command() instanceof Command.Weight))
            .toList();
    found.addAll(Table.of(options, Map.of(), standing).problems());
    found.sort(Comparator.comparingInt(problem -> problem.origin().line()));
    return found;
  }
}
