package io.tagway.route;

import io.tagway.route.Explanation.HostOutcome;
import io.tagway.route.Explanation.HostStep;
import io.tagway.route.Explanation.PathOutcome;
import io.tagway.route.Explanation.PathStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notes what a lookup looks at. {@link HostIndex#trace} hands it the host keys in the order of
 * {@link HostIndex#find}; what each of them answers is asked of the same tree. Used once, by one
 * thread.
 */
final class LookupTrace {
  /** Patterns that do not fit, and hosts behind the one that answers, of which a few suffice. */
  private static final int MOST_ASIDE = 20;

  private static final int MOST_HOSTS = 60;
  private static final int MOST_PATHS = 12;

  private final RouteRequest request;
  private final String forwardedProto;
  private final List<HostStep> hosts = new ArrayList<>();
  private int aside;
  private int moreHosts;
  private List<String> nearHosts = List.of();
  private @Nullable Route winner;

  LookupTrace(RouteRequest request, String forwardedProto) {
    this.request = request;
    this.forwardedProto = forwardedProto;
  }

  /** There is no route for this very host. */
  void absent(String host, List<String> near) {
    nearHosts = near;
    hosts.add(new HostStep(host, false, HostOutcome.ABSENT, List.of(), 0));
  }

  /** A pattern that does not fit. */
  void differs(HostRoutes routes) {
    addAside(routes, HostOutcome.DIFFERS);
  }

  /** A key that fits. */
  void fits(HostRoutes routes) {
    if (winner != null) {
      addAside(routes, HostOutcome.LATER);
      return;
    }
    Route first = routes.paths().match(request.path().decoded());
    PathOutcome outcome = first == null ? PathOutcome.DIFFERS : outcome(first);
    if (outcome == PathOutcome.WON) {
      winner = first;
    } else if (hosts.size() >= MOST_HOSTS) {
      moreHosts++;
      return;
    }
    List<PathStep> paths = paths(routes.paths(), first, outcome);
    hosts.add(
        new HostStep(
            routes.key().text(),
            isPattern(routes),
            hostOutcome(outcome),
            paths,
            routes.paths().size() - paths.size()));
  }

  Explanation explanation(Table.Options options) {
    Route route = winner;
    return new Explanation(
        options.matcher(),
        options.strategy(),
        HostName.ofRequest(request.host(), request.tls()),
        request.path().decoded(),
        List.copyOf(hosts),
        moreHosts,
        Optional.ofNullable(route),
        route == null ? List.of() : route.targets().stream().filter(this::loops).toList(),
        nearHosts);
  }

  private void addAside(HostRoutes routes, HostOutcome outcome) {
    if (aside == MOST_ASIDE) {
      moreHosts++;
      return;
    }
    aside++;
    hosts.add(
        new HostStep(
            routes.key().text(), isPattern(routes), outcome, List.of(), routes.paths().size()));
  }

  private static boolean isPattern(HostRoutes routes) {
    HostKey.Kind kind = routes.key().kind();
    return kind == HostKey.Kind.SUFFIX || kind == HostKey.Kind.GLOB;
  }

  private static HostOutcome hostOutcome(PathOutcome first) {
    return switch (first) {
      case WON -> HostOutcome.WON;
      case LOOPS -> HostOutcome.LOOPS;
      case DIFFERS, LATER -> HostOutcome.NO_PATH;
    };
  }

  /** Whether the first route that fits answers: some target that can be chosen has to. */
  private PathOutcome outcome(Route first) {
    boolean answers = first.targets().stream().anyMatch(one -> one.slots() > 0 && !loops(one));
    return answers ? PathOutcome.WON : PathOutcome.LOOPS;
  }

  private boolean loops(Target target) {
    return target.redirectsToSelf(request, forwardedProto);
  }

  /** Routes that fit, then those that share most of their beginning with the path. */
  private List<PathStep> paths(PathTree paths, @Nullable Route first, PathOutcome outcome) {
    String path = request.path().decoded();
    List<Route> fitting = paths.fitting(path);
    Set<Route> fits = new HashSet<>(fitting);
    List<Route> shown = new ArrayList<>(fitting.subList(0, Math.min(fitting.size(), MOST_PATHS)));
    paths.all().stream()
        .filter(route -> !fits.contains(route))
        .sorted(
            Comparator.<Route>comparingInt(route -> -sameStart(route.path(), path))
                .thenComparing(paths.order()))
        .limit(MOST_PATHS - shown.size())
        .forEach(shown::add);
    shown.sort(paths.order());
    return shown.stream()
        .map(
            route ->
                new PathStep(
                    route,
                    route.equals(first)
                        ? outcome
                        : fits.contains(route) ? PathOutcome.LATER : PathOutcome.DIFFERS))
        .toList();
  }

  private static int sameStart(String a, String b) {
    int same = 0;
    while (same < Math.min(a.length(), b.length())
        && Character.toLowerCase(a.charAt(same)) == Character.toLowerCase(b.charAt(same))) {
      same++;
    }
    return same;
  }
}
