package io.tagway.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds hosts that somebody may have meant: another port, or a slip of a finger or two. */
final class NearHosts {
  private static final int MOST = 3;
  private static final int MOST_SLIPS = 2;

  private record Near(String host, int slips) {}

  private final String asked;
  private final String name;
  private final List<Near> found = new ArrayList<>();

  /**
   * @param asked as it is compared
   */
  NearHosts(String asked) {
    this.asked = asked;
    this.name = withoutPort(asked);
  }

  /** Considers an exact host. */
  void add(String host) {
    int slips = EditDistance.between(name, withoutPort(host), MOST_SLIPS);
    // Of a short name a slip or two leave nothing.
    if (!host.equals(asked) && slips <= Math.min(MOST_SLIPS, name.length() / 3)) {
      found.add(new Near(host, slips));
    }
  }

  /** The nearest first. */
  List<String> nearest() {
    return found.stream()
        .sorted(Comparator.comparingInt(Near::slips).thenComparing(Near::host))
        .limit(MOST)
        .map(Near::host)
        .toList();
  }

  private static String withoutPort(String host) {
    return host.substring(0, HostName.portStart(host));
  }
}
