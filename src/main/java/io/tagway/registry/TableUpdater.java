package io.tagway.registry;

import io.tagway.route.Line;
import io.tagway.route.Origin;
import io.tagway.route.Parsed;
import io.tagway.route.Problem;
import io.tagway.route.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of the table. Keeps the commands of each service and the manual ones, builds a
 * table when they differ from those in use, and tells of it.
 *
 * <p>The first table waits until both have been delivered once: a table without either would refuse
 * requests that have a route. All calls come on the registry's thread; {@link #table()} and {@link
 * #problems()} may be read on any.
 */
final class TableUpdater {
  private static final System.Logger LOG = System.getLogger(TableUpdater.class.getName());

  private final RouteLog routeLog;
  private final BiConsumer<Table, Table> swapped;
  private final Consumer<Set<String>> aliasesChanged;
  private final Aliases aliases = new Aliases();

  private final Map<String, List<Line>> services = new HashMap<>();
  private final Map<String, List<Problem>> serviceProblems = new TreeMap<>();
  private @Nullable List<Line> manual;
  private List<Problem> manualProblems = List.of();
  private boolean servicesKnown;
  private boolean built;
  private Set<Problem> reported = Set.of();

  private volatile Table table;
  private volatile List<Problem> problems = List.of();

  /**
   * @param swapped told of every new table, with the one before
   * @param aliasesChanged told of the names that routes ask to be registered, when they differ
   */
  TableUpdater(
      Table.Options options,
      RouteLog routeLog,
      BiConsumer<Table, Table> swapped,
      Consumer<Set<String>> aliasesChanged) {
    this.table = Table.empty(options);
    this.routeLog = routeLog;
    this.swapped = swapped;
    this.aliasesChanged = aliasesChanged;
  }

  /** The table in use, an empty one until the first is built. */
  Table table() {
    return table;
  }

  List<Problem> problems() {
    return problems;
  }

  /** Takes other commands for some services; no lines and no problems means that one is gone. */
  void services(Map<String, Parsed> changed) {
    servicesKnown = true;
    Map<String, List<Line>> before = new HashMap<>();
    Map<String, List<Line>> after = new HashMap<>();
    changed.forEach(
        (name, parsed) -> {
          List<Problem> wrong = allProblems(parsed);
          if (wrong.isEmpty()) {
            serviceProblems.remove(name);
          } else {
            serviceProblems.put(name, wrong);
          }
          List<Line> old = services.getOrDefault(name, List.of());
          if (!old.equals(parsed.lines())) {
            before.put(name, old);
            after.put(name, parsed.lines());
          }
        });
    after.forEach(
        (name, lines) -> {
          if (lines.isEmpty()) {
            services.remove(name);
          } else {
            services.put(name, lines);
          }
        });
    if (built && !after.isEmpty()) {
      swap(table.withServices(after), before, after);
    } else {
      buildFirst();
    }
  }

  /** Takes other manual commands. */
  void manual(Parsed parsed) {
    List<Line> old = manual == null ? List.of() : manual;
    manual = parsed.lines();
    manualProblems = allProblems(parsed);
    if (built && !old.equals(parsed.lines())) {
      swap(table.withManual(parsed.lines()), Map.of("", old), Map.of("", parsed.lines()));
    } else {
      buildFirst();
    }
  }

  private static List<Problem> allProblems(Parsed parsed) {
    List<Problem> all = new ArrayList<>(parsed.problems());
    all.addAll(Aliases.nameless(parsed.lines()));
    return all;
  }

  /**
   * Builds the first table as soon as both are known; from then on only what is wrong can differ.
   */
  private void buildFirst() {
    if (built || !servicesKnown || manual == null) {
      report(table);
      return;
    }
    built = true;
    Map<String, List<Line>> all = new HashMap<>(services);
    all.put("", manual); // no service has an empty name
    swap(table.withServices(services).withManual(manual), Map.of(), all);
  }

  private void swap(Table next, Map<String, List<Line>> before, Map<String, List<Line>> after) {
    Table old = table;
    report(next);
    table = next;
    routeLog.tell(next, accepted(before, old), accepted(after, next));
    swapped.accept(old, next);
    if (aliases.replace(before.values(), after.values())) {
      aliasesChanged.accept(aliases.names());
    }
  }

  /** Without the lines that a table could do nothing with: they were told as problems. */
  private static Map<String, List<Line>> accepted(Map<String, List<Line>> lines, Table by) {
    if (by.problems().isEmpty()) {
      return lines;
    }
    Set<Origin> refused = by.problems().stream().map(Problem::origin).collect(Collectors.toSet());
    Map<String, List<Line>> accepted = new HashMap<>();
    lines.forEach(
        (service, all) ->
            accepted.put(
                service, all.stream().filter(line -> !refused.contains(line.origin())).toList()));
    return accepted;
  }

  private void report(Table of) {
    List<Problem> all = new ArrayList<>();
    serviceProblems.values().forEach(all::addAll);
    all.addAll(manualProblems);
    all.addAll(of.problems());
    Set<Problem> now = new LinkedHashSet<>(all);
    for (Problem problem : now) {
      if (!reported.contains(problem)) {
        LOG.log(System.Logger.Level.WARNING, ProblemText.of(problem));
      }
    }
    reported = now;
    problems = List.copyOf(now);
  }
}
