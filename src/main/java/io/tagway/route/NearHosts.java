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
    int slips = slips(name, withoutPort(host));
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

  /** Letters to change, to add or to drop (V. Levenshtein, 1965); more than the most is enough. */
  private static int slips(String a, String b) {
    if (Math.abs(a.length() - b.length()) > MOST_SLIPS) {
      return MOST_SLIPS + 1;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
        least = Math.min(least, row[j]);
      }
      if (least > MOST_SLIPS) {
        return least;
      }
    }
    return row[b.length()];
  }
}
