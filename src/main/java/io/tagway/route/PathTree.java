package io.tagway.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one host by path. For prefixes the longest one wins; globs are found by the text
 * before their first special character and tried in descending order of their text. Immutable; a
 * change shares what is beside its way.
 */
final class PathTree {
  private static final Comparator<Route> TRIED =
      Comparator.comparing(Route::path, ByteOrder.DESCENDING);
  private static final Comparator<Route> TRIED_FOLDED =
      Comparator.comparing((Route route) -> folded(route.path()), ByteOrder.DESCENDING)
          .thenComparing(TRIED);
  private static final Route[] NOTHING = new Route[0];

  private final PathMatcher matcher;
  private final RadixTree<Route[]> tree;

  private PathTree(PathMatcher matcher, RadixTree<Route[]> tree) {
    this.matcher = matcher;
    this.tree = tree;
  }

  static PathTree empty(PathMatcher matcher) {
    return new PathTree(
        matcher,
        RadixTree.empty(
            matcher == PathMatcher.IPREFIX ? RadixTree.Reading.FOLDED : RadixTree.Reading.FORWARD));
  }

  boolean isEmpty() {
    return tree.isEmpty();
  }

  /** The route for a decoded path; null if there is none. */
  @Nullable Route match(String path) {
    if (matcher == PathMatcher.GLOB) {
      return matchGlob(path);
    }
    RadixTree.Node<Route[]> node = tree.longest(path, Integer.MAX_VALUE);
    Route[] routes = node == null ? null : node.value();
    return routes == null ? null : routes[0];
  }

  /**
   * Goes through the globs whose literal start fits, each time to the greatest one not yet tried.
   */
  private @Nullable Route matchGlob(String path) {
    Route tried = null;
    while (true) {
      Route next = null;
      for (RadixTree.Node<Route[]> n = tree.step(null, path); n != null; n = tree.step(n, path)) {
        Route candidate = n.value() == null ? null : firstAfter(n.value(), tried);
        if (candidate != null && (next == null || TRIED.compare(candidate, next) < 0)) {
          next = candidate;
        }
      }
      if (next == null || next.matches(path)) {
        return next;
      }
      tried = next;
    }
  }

  private static @Nullable Route firstAfter(Route[] routes, @Nullable Route tried) {
    if (tried == null) {
      return routes[0];
    }
    int found = Arrays.binarySearch(routes, tried, TRIED);
    int index = found < 0 ? -1 - found : found + 1;
    return index < routes.length ? routes[index] : null;
  }

  /** The routes that fit a decoded path, in the order in which they win. */
  List<Route> fitting(String path) {
    List<Route> found = new ArrayList<>();
    for (RadixTree.Node<Route[]> n = tree.step(null, path); n != null; n = tree.step(n, path)) {
      for (Route route : n.value() == null ? NOTHING : n.value()) {
        if (matcher != PathMatcher.GLOB || route.matches(path)) {
          found.add(route);
        }
      }
    }
    found.sort(order());
    return found;
  }

  /** The order in which routes that fit one path win. */
  Comparator<Route> order() {
    return matcher == PathMatcher.IPREFIX ? TRIED_FOLDED : TRIED;
  }

  /** Takes time for each route. */
  List<Route> all() {
    List<Route> all = new ArrayList<>();
    tree.forEach(routes -> Collections.addAll(all, routes));
    return all;
  }

  /** Takes time for each route. */
  int size() {
    return all().size();
  }

  /** With this route in place of the one with the same path, if there is one. */
  PathTree with(Route route) {
    Route[] routes = tree.get(key(route));
    if (routes == null) {
      return new PathTree(matcher, tree.with(key(route), new Route[] {route}));
    }
    int found = Arrays.binarySearch(routes, route, TRIED);
    Route[] changed = routes.clone();
    if (found < 0) {
      int index = -1 - found;
      changed = Arrays.copyOf(routes, routes.length + 1);
      System.arraycopy(routes, index, changed, index + 1, routes.length - index);
      found = index;
    }
    changed[found] = route;
    return new PathTree(matcher, tree.with(key(route), changed));
  }

  PathTree without(Route route) {
    Route[] routes = tree.get(key(route));
    int found = routes == null ? -1 : Arrays.binarySearch(routes, route, TRIED);
    if (routes == null || found < 0) {
      return this;
    }
    if (routes.length == 1) {
      return new PathTree(matcher, tree.without(key(route)));
    }
    Route[] rest = Arrays.copyOf(routes, routes.length - 1);
    System.arraycopy(routes, found + 1, rest, found, rest.length - found);
    return new PathTree(matcher, tree.with(key(route), rest));
  }

  /** As {@link RadixTree.Reading#FOLDED} reads it. */
  private static String folded(String path) {
    StringBuilder folded = new StringBuilder(path.length());
    path.chars().forEach(c -> folded.append(Character.toLowerCase((char) c)));
    return folded.toString();
  }

  private static String key(Route route) {
    return route.treeKey();
  }
}
