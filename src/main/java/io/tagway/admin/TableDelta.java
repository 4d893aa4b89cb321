package io.tagway.admin;

import io.tagway.route.Route;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between two tables.
 *
 * @param changed routes of the newer table that are new or show other targets
 * @param removed sources (host + path) that only the older table has
 */
record TableDelta(List<Route> changed, List<String> removed) {
  TableDelta {
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  static TableDelta between(Table older, Table newer) {
    Map<String, Route> left = new HashMap<>();
    for (Route route : older.routes()) {
      left.put(source(route), route);
    }
    List<Route> changed = new ArrayList<>();
    for (Route route : newer.routes()) {
      Route before = left.remove(source(route));
      if (before == null || !shownAlike(before, route)) {
        changed.add(route);
      }
    }
    return new TableDelta(changed, List.copyOf(left.keySet()));
  }

  boolean isEmpty() {
    return changed.isEmpty() && removed.isEmpty();
  }

  int size() {
    return changed.size() + removed.size();
  }

  /** A host has no slash and a path begins with one, so this is as good as the pair. */
  private static String source(Route route) {
    return route.host() + route.path();
  }

  private static boolean shownAlike(Route one, Route other) {
    if (one == other) {
      return true; // tables share the routes that an edit did not touch
    }
    List<Target> ones = one.targets();
    List<Target> others = other.targets();
    if (ones.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < ones.size(); i++) {
      if (!shownAlike(ones.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean shownAlike(Target one, Target other) {
    return one == other
        || (one.service().equals(other.service())
            && one.destination().equals(other.destination())
            && one.weight() == other.weight()
            && one.options().equals(other.options())
            && one.tags().equals(other.tags())
            && one.origin().equals(other.origin()));
  }
}
