package io.tagway.route;

import java.util.Comparator;

/**
 * Where a command came from, so that a route or a problem can be traced to what somebody wrote.
 *
 * @param kind the sort of place
 * @param name service name for a tag, key for an override, path for a file; may be empty
 * @param detail for a tag {@code node/serviceId}; else empty
 * @param line line in the text, counted from 1; 0 where lines do not apply
 */
public record Origin(Kind kind, String name, String detail, int line) {
  /** The sort of place a command can come from. */
  public enum Kind {
    TAG,
    OVERRIDE,
    FILE,
    STATIC,
    CUSTOM
  }

  static final Comparator<Origin> ORDER =
      Comparator.comparing(Origin::kind)
          .thenComparing(Origin::name)
          .thenComparing(Origin::detail)
          .thenComparing(Origin::line);

  /** The same place at another line. */
  public Origin atLine(int other) {
    return new Origin(kind, name, detail, other);
  }
}
