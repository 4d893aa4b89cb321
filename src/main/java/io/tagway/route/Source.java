package io.tagway.route;

import java.util.Comparator;
import java.util.Locale;

/**
 * What a route listens for.
 *
 * @param host in lower case; empty for any host; the whole text for {@code :port}
 * @param path from the first slash, case kept; empty only for {@code :port}
 */
record Source(String host, String path) {
  /** Hosts ascending, the one without host first; within a host paths descending. */
  static final Comparator<Source> LISTED =
      (a, b) -> {
        int hosts = ByteOrder.compare(a.host, b.host);
        return hosts != 0 ? hosts : ByteOrder.compare(b.path, a.path);
      };

  /** Hosts descending, the one without host last; within a host paths descending. */
  static final Comparator<Source> PRINTED =
      (a, b) -> {
        int hosts = ByteOrder.compare(b.host, a.host);
        return hosts != 0 ? hosts : ByteOrder.compare(b.path, a.path);
      };

  static Source of(String text) {
    if (text.startsWith(":")) {
      return new Source(text.toLowerCase(Locale.ROOT), "");
    }
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    String path = slash < 0 ? "/" : text.substring(slash);
    return new Source(HostName.withoutDot(host.toLowerCase(Locale.ROOT)), path);
  }

  String text() {
    return host + path;
  }
}
