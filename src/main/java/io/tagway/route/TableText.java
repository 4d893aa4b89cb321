package io.tagway.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A table as text. */
final class TableText {
  private TableText() {}

  /** One command a target, in table order. */
  static List<String> lines(List<Route> routes) {
    List<Route> ordered = new ArrayList<>(routes);
    ordered.sort(Comparator.comparing(Route::source, Source.PRINTED));
    List<String> lines = new ArrayList<>();
    for (Route route : ordered) {
      route.targets().forEach(target -> lines.add(target.print()));
    }
    return lines;
  }

  /** Hosts, paths, targets as branches; every line ends with a newline. Routes as listed. */
  static String tree(List<Route> routes) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < routes.size(); i++) {
      Route route = routes.get(i);
      boolean firstPath = i == 0 || !routes.get(i - 1).host().equals(route.host());
      boolean lastPath = i + 1 == routes.size() || !routes.get(i + 1).host().equals(route.host());
      boolean lastHost = routes.get(routes.size() - 1).host().equals(route.host());
      if (firstPath) {
        out.append("+-- host=").append(route.host()).append('\n');
      }
      String indent = lastHost ? "    " : "|   ";
      out.append(indent).append(lastPath ? "+-- " : "|-- ");
      out.append("path=").append(route.path()).append('\n');
      branches(out, indent + (lastPath ? "    " : "|    "), route);
    }
    return out.toString();
  }

  private static void branches(StringBuilder out, String indent, Route route) {
    List<Target> targets = route.targets();
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      out.append(indent).append(i + 1 == targets.size() ? "+-- " : "|-- ");
      out.append("addr=").append(target.authority());
      out.append(String.format(Locale.ROOT, " weight %.2f", target.weight()));
      out.append(" slots ").append(target.slots()).append('/').append(route.ringSize());
      out.append('\n');
    }
  }
}
