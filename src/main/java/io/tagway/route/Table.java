package io.tagway.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All routes. Immutable; an edit gives a new table that shares what did not change. Lookups take no
 * lock and may be made by any thread.
 */
public final class Table {
  private static final RequestPath ROOT = new RequestPath("/", "/");

  /**
   * @param matcher how paths are compared
   * @param strategy how targets are chosen
   * @param hostGlobs whether host keys are globs
   * @param attach resolved once for each new target when a table is built; the target is complete
   *     but for what is attached to it
   * @param random a number from 0 to below its argument, for strategy rnd; any thread
   */
  public record Options(
      PathMatcher matcher,
      Strategy strategy,
      boolean hostGlobs,
      Function<Target, Target.Attachment> attach,
      IntUnaryOperator random) {
    public Options(
        PathMatcher matcher,
        Strategy strategy,
        boolean hostGlobs,
        Function<Target, Target.Attachment> attach) {
      this(matcher, strategy, hostGlobs, attach, n -> ThreadLocalRandom.current().nextInt(n));
    }

    private Options unattached() {
      return new Options(matcher, strategy, hostGlobs, Target::attachment, random);
    }
  }

  private final Options options;
  private final TableState state;
  private volatile @Nullable List<Route> listed;

  private Table(Options options, TableState state) {
    this.options = options;
    this.state = state;
  }

  public static Table empty(Options options) {
    return new Table(options, TableState.empty(options));
  }

  /**
   * The table of these commands: those of the services, as whole lines in descending byte order,
   * then the manual ones in their order. A command that cannot be carried out becomes a problem;
   * the others are not affected.
   */
  public static Table of(Options options, Map<String, List<Line>> services, List<Line> manual) {
    TableEdit edit = new TableEdit(options, TableState.empty(options));
    edit.services(services);
    edit.manual(manual);
    return new Table(options, edit.finish());
  }

  /** This table with other commands for the named services; an empty list removes a service. */
  public Table withServices(Map<String, List<Line>> changed) {
    TableEdit edit = new TableEdit(options, state);
    edit.services(changed);
    return new Table(options, edit.finish());
  }

  /** This table with other manual commands. */
  public Table withManual(List<Line> manual) {
    if (manual.equals(state.manual().lines())) {
      return this;
    }
    TableEdit edit = new TableEdit(options, state);
    edit.manual(manual);
    return new Table(options, edit.finish());
  }

  /**
   * What this table would be with other manual commands, to be looked at and not to be used:
   * nothing is attached to its new targets.
   */
  public Table tryManual(List<Line> manual) {
    Table tried = new Table(options.unattached(), state);
    return tried.withManual(manual);
  }

  /** The manual commands, in their order. */
  public List<Line> manual() {
    return state.manual().lines();
  }

  /** Services whose commands are not those that they have in the other table. */
  List<String> servicesNotIn(Table other) {
    List<String> names = new ArrayList<>();
    state.groups().forEachNotIn(other.state.groups(), (name, group) -> names.add(name));
    return names;
  }

  /** The target for an HTTP request, {@link Target#NONE} if there is no route. */
  public Target lookup(RouteRequest request) {
    return state.hosts().find(request, "");
  }

  /**
   * As {@link #lookup(RouteRequest)}, telling the redirect loop guard what the client said.
   *
   * @param forwardedProto X-Forwarded-Proto of the request; empty if it has none
   */
  public Target lookup(RouteRequest request, String forwardedProto) {
    return state.hosts().find(request, forwardedProto);
  }

  /**
   * How {@link #lookup(RouteRequest, String)} goes for a request, step by step. Takes time for each
   * pattern and for each route of the hosts that fit: not for event loops that serve.
   */
  public Explanation explain(RouteRequest request, String forwardedProto) {
    LookupTrace trace = new LookupTrace(request, forwardedProto);
    state.hosts().trace(request, trace);
    return trace.explanation(options);
  }

  /**
   * The target of an exact key: {@code :port}, {@code ip:port} or a TLS server name, in any case.
   * For a server name that is no key the pattern keys are tried, for targets with scheme tcp.
   */
  public Target lookupExact(String key) {
    Route route = routeExact(key);
    if (!route.targets().isEmpty()) {
      return route.pick();
    }
    String host = Source.of(key).host();
    return host.isEmpty() || host.indexOf(':') >= 0 ? Target.NONE : lookupServerName(host);
  }

  /**
   * The route that {@link #lookupExact} picks from if the key itself is in the table; otherwise one
   * without targets. Does not move the route's cursor.
   */
  public Route routeExact(String key) {
    String host = Source.of(key).host();
    if (host.isEmpty()) {
      return Route.NONE;
    }
    Cell root = state.cells().get(new Source(host, "/"));
    Cell bare = state.cells().get(new Source(host, ""));
    for (Cell cell : new Cell[] {root, bare}) {
      if (cell != null && cell.route() != null) {
        return cell.route();
      }
    }
    return Route.NONE;
  }

  /**
   * Whether there is any route for a host to which a TLS client may connect: by its name, by a
   * pattern, or one without a host, which is for all.
   *
   * @param host without a port, in any case
   */
  public boolean serves(String host) {
    return state.hosts().serves(HostName.ofRequest(host, true));
  }

  private Target lookupServerName(String name) {
    if (state.hosts().knows(name)) {
      return Target.NONE;
    }
    WildHosts.Candidates candidates = state.hosts().wildFor(name);
    for (HostRoutes routes = candidates.next(); routes != null; routes = candidates.next()) {
      Route route = routes.paths().match(ROOT.decoded());
      // Picking moves a cursor that is the requests' own where no target is TCP.
      if (route != null && route.targets().stream().anyMatch(Table::isTcp)) {
        Target target = route.pick();
        if (isTcp(target)) {
          return target;
        }
      }
    }
    return Target.NONE;
  }

  private static boolean isTcp(Target target) {
    return target.scheme().equals("tcp");
  }

  /** What was skipped while building, in command order. */
  public List<Problem> problems() {
    if (state.flawCount() == 0) {
      return List.of();
    }
    List<Flaw> flaws = new ArrayList<>(state.manual().flaws());
    state.groups().forEach((name, group) -> flaws.addAll(group.flaws()));
    state.cells().forEach((source, cell) -> flaws.addAll(cell.flaws()));
    flaws.sort(Flaw.ORDER);
    return flaws.stream().map(Flaw::problem).toList();
  }

  /** All routes: hosts ascending (host-less first), paths descending. */
  public List<Route> routes() {
    List<Route> known = listed;
    if (known == null) {
      List<Route> routes = new ArrayList<>();
      state
          .cells()
          .forEach(
              (source, cell) -> {
                if (cell.route() != null) {
                  routes.add(cell.route());
                }
              });
      routes.sort((a, b) -> Source.LISTED.compare(a.source(), b.source()));
      known = List.copyOf(routes);
      listed = known;
    }
    return known;
  }

  public int targetCount() {
    return state.targetCount();
  }

  /**
   * The table as commands (log.routes.format=all, /api/routes?raw), without a newline at the end.
   * Reading it gives the same routes.
   */
  public String text() {
    return String.join("\n", TableText.lines(routes()));
  }

  /**
   * The lines of {@link #text} that the other table has not, in order. Takes time for what differs
   * only, if one table came from the other by edits.
   */
  public List<String> linesNotIn(Table other) {
    List<String> lines = TableText.lines(routesNotIn(other));
    other
        .routesNotIn(this)
        .forEach(route -> route.targets().forEach(target -> lines.remove(target.print())));
    return lines;
  }

  /**
   * The routes that the other table has not, or has with other targets. Takes time for what differs
   * only, if one table came from the other by edits.
   */
  public List<Route> routesNotIn(Table other) {
    List<Route> routes = new ArrayList<>();
    state
        .cells()
        .forEachNotIn(
            other.state.cells(),
            (source, cell) -> {
              if (cell.route() != null) {
                routes.add(cell.route());
              }
            });
    return routes;
  }

  /** The table as a tree (log.routes.format=detail); every line ends with a newline. */
  public String tree() {
    return TableText.tree(routes());
  }
}
