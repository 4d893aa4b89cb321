package io.tagway.route;

import java.util.List;
import java.util.Optional;

/**
 * How a lookup goes: what is looked at in which order, and what comes of it. Made of the structures
 * that real lookups go through; takes no turn of a round robin.
 *
 * @param matcher how paths are compared
 * @param strategy how one of the targets is chosen
 * @param host that of the request as it is compared: in lower case, without a default port
 * @param path that of the request as it is compared: decoded, dots resolved, slashes merged
 * @param hosts in the order in which they are tried
 * @param moreHosts how many were left out of that list, to keep it readable
 * @param route the one that answers; empty if none does
 * @param looping targets of that route that would redirect the client to where it came from; a
 *     request whose turn finds one of them is answered as if the route were not there
 * @param nearHosts where the table has no route for the host: a few that differ from it in the port
 *     or by a slip of a finger or two, the nearest first
 */
public record Explanation(
    PathMatcher matcher,
    Strategy strategy,
    String host,
    String path,
    List<HostStep> hosts,
    int moreHosts,
    Optional<Route> route,
    List<Target> looping,
    List<String> nearHosts) {

  /** What a host of a route is to the request. */
  public enum HostOutcome {
    /** The table has no route for this very host. */
    ABSENT,
    /** A pattern that does not fit the host. */
    DIFFERS,
    /** It fits, but none of its paths does. */
    NO_PATH,
    /** A route fits, but all it could do is to redirect the client to where it came from. */
    LOOPS,
    /** Its route answers. */
    WON,
    /** It fits as well, but is not asked any more. */
    LATER
  }

  /**
   * One host key.
   *
   * @param key as it is written; empty for the routes without a host
   * @param pattern whether it is one
   * @param paths of the routes of a host that was asked, in the order in which they win; not all if
   *     there are many, but those that fit, and those that come closest
   * @param morePaths how many were left out
   */
  public record HostStep(
      String key, boolean pattern, HostOutcome outcome, List<PathStep> paths, int morePaths) {}

  /** What the path of a route is to the request. */
  public enum PathOutcome {
    /** It does not fit. */
    DIFFERS,
    /** It comes first, but all it could do is to redirect the client to where it came from. */
    LOOPS,
    /** It answers. */
    WON,
    /** It fits as well, but another comes first. */
    LATER
  }

  /** One route of a host. */
  public record PathStep(Route route, PathOutcome outcome) {}
}
