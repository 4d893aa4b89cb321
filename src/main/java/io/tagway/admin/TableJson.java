package io.tagway.admin;

import io.tagway.metrics.TargetStats;
import io.tagway.registry.Absent;
import io.tagway.route.Command;
import io.tagway.route.Origin;
import io.tagway.route.Route;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tables as JSON: in the form that Fabio gives to scripts, and in the one that our page reads. */
final class TableJson {
  private TableJson() {}

  /** {@code /api/routes}: one flat object a target; {@code null} for an empty table. */
  static String flat(Table table, Function<Target, TargetStats> stats) {
    StringBuilder out = new StringBuilder();
    for (Route route : table.routes()) {
      for (Target target : route.targets()) {
        out.append(out.isEmpty() ? '[' : ',');
        flat(out, route, target, stats.apply(target));
      }
    }
    return out.isEmpty() ? "null" : out.append(']').toString();
  }

  private static void flat(StringBuilder out, Route route, Target target, TargetStats stats) {
    text(out.append('{'), "service", target.service());
    text(out.append(','), "host", route.host());
    text(out.append(','), "path", route.path());
    text(out.append(','), "src", route.host() + route.path());
    text(out.append(','), "dst", target.destination());
    text(out.append(','), "opts", options(target));
    text(out.append(','), "cmd", "route add");
    if (!target.tags().isEmpty()) {
      list(out.append(",\"tags\":"), target.tags(), GoJson::string);
    }
    GoJson.number(out.append(",\"weight\":"), target.weight());
    // Fabio stopped filling these two, yet scripts may look for them.
    GoJson.number(out.append(",\"rate1\":"), stats.requestsPerSecond());
    GoJson.number(out.append(",\"pct99\":"), Math.rint(stats.p99Nanos()));
    out.append('}');
  }

  /** The whole table for the page. */
  static String whole(String version, Table table) {
    StringBuilder out = new StringBuilder();
    text(out.append('{'), "version", version);
    list(out.append(",\"routes\":"), table.routes(), TableJson::route);
    return out.append('}').toString();
  }

  /** What makes version {@code to} of the table out of version {@code from}. */
  static String delta(String from, String to, TableDelta delta) {
    StringBuilder out = new StringBuilder();
    text(out.append('{'), "from", from);
    text(out.append(','), "version", to);
    list(out.append(",\"changed\":"), delta.changed(), TableJson::route);
    list(out.append(",\"removed\":"), delta.removed(), GoJson::string);
    return out.append('}').toString();
  }

  private static void route(StringBuilder out, Route route) {
    text(out.append('{'), "host", route.host());
    text(out.append(','), "path", route.path());
    list(out.append(",\"targets\":"), route.targets(), TableJson::target);
    out.append('}');
  }

  private static void target(StringBuilder out, Target target) {
    text(out.append('{'), "service", target.service());
    text(out.append(','), "dst", target.destination());
    text(out.append(','), "opts", options(target));
    GoJson.number(out.append(",\"weight\":"), target.weight());
    list(out.append(",\"tags\":"), target.tags(), GoJson::string);
    origin(out.append(",\"origin\":"), target.origin());
    out.append('}');
  }

  /** Appends a route that there would be if its instance were well. */
  static void absent(StringBuilder out, Absent absent) {
    Command.Add add = absent.command();
    text(out.append('{'), "source", add.source());
    text(out.append(','), "service", add.service());
    text(out.append(','), "dst", add.destination());
    text(out.append(','), "opts", options(add.options()));
    list(out.append(",\"tags\":"), add.tags(), GoJson::string);
    origin(out.append(",\"origin\":"), absent.origin());
    text(out.append(','), "reason", absent.reason());
    out.append('}');
  }

  /** Appends where something was written. */
  static void origin(StringBuilder out, Origin origin) {
    text(out.append('{'), "kind", origin.kind().name().toLowerCase(Locale.ROOT));
    text(out.append(','), "name", origin.name());
    text(out.append(','), "detail", origin.detail());
    out.append(",\"line\":").append(origin.line()).append('}');
  }

  /** Appends one member whose value is a text. */
  static void text(StringBuilder out, String name, String value) {
    GoJson.string(GoJson.string(out, name).append(':'), value);
  }

  /** Appends how many seconds ago something was, to the millisecond. */
  static void seconds(StringBuilder out, Instant since, Instant now) {
    GoJson.number(out, Math.max(0, Duration.between(since, now).toMillis()) / 1000.0);
  }

  /** Appends an array; an empty one is {@code []}. */
  static <T> void list(
      StringBuilder out, Collection<? extends T> items, BiConsumer<StringBuilder, T> write) {
    out.append('[');
    boolean first = true;
    for (T item : items) {
      if (!first) {
        out.append(',');
      }
      first = false;
      write.accept(out, item);
    }
    out.append(']');
  }

  /** The keys of an API list; Fabio writes {@code null} where there is nothing. */
  static String namesOrNull(List<String> names) {
    if (names.isEmpty()) {
      return "null";
    }
    StringBuilder out = new StringBuilder();
    list(out, names, GoJson::string);
    return out.toString();
  }

  private static String options(Target target) {
    return options(target.options());
  }

  private static String options(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> option.getKey() + "=" + option.getValue())
        .collect(Collectors.joining(" "));
  }
}
