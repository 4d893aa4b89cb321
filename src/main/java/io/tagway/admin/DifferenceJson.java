package io.tagway.admin;

import io.tagway.route.Difference;
import io.tagway.route.Difference.Cause;
import io.tagway.route.Difference.Change;
import java.util.Locale;

/** A difference of two tables as members of a JSON object. */
final class DifferenceJson {
  private DifferenceJson() {}

  /** Appends members, without the braces around them. */
  static void members(StringBuilder out, Difference difference) {
    TableJson.list(out.append("\"causes\":"), difference.causes(), DifferenceJson::cause);
    out.append(",\"added\":").append(difference.added());
    out.append(",\"removed\":").append(difference.removed());
    out.append(",\"altered\":").append(difference.altered());
    TableJson.list(out.append(",\"changes\":"), difference.changes(), DifferenceJson::change);
  }

  private static void cause(StringBuilder out, Cause cause) {
    TableJson.text(out.append('{'), "kind", cause.kind().name().toLowerCase(Locale.ROOT));
    TableJson.text(out.append(','), "name", cause.name());
    out.append('}');
  }

  private static void change(StringBuilder out, Change change) {
    TableJson.text(out.append('{'), "source", change.source());
    TableJson.text(out.append(','), "before", change.before());
    TableJson.text(out.append(','), "after", change.after());
    GoJson.number(out.append(",\"share\":"), change.share());
    out.append('}');
  }
}
