package io.tagway.admin;

import io.tagway.proxy.Rehearsal.HeaderLine;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the header lines of a client on the way to a target.
 *
 * @param sent as they are written
 * @param removed those of the client that the target does not see
 */
record HeaderChanges(List<Sent> sent, List<HeaderLine> removed) {
  /** Where a line comes from. */
  enum Change {
    /** It is the client's. */
    KEPT,
    /** The client's had another value. */
    ALTERED,
    /** The client had none of that name. */
    ADDED
  }

  /**
   * @param was what the client sent, several lines joined by commas; empty unless altered
   */
  record Sent(HeaderLine line, Change change, String was) {}

  static HeaderChanges between(List<HeaderLine> asked, List<HeaderLine> written) {
    List<HeaderLine> left = new ArrayList<>(asked);
    List<Sent> sent = new ArrayList<>();
    for (HeaderLine line : written) {
      sent.add(change(left, line));
    }
    return new HeaderChanges(List.copyOf(sent), List.copyOf(left));
  }

  private static Sent change(List<HeaderLine> left, HeaderLine line) {
    // HTTP/2 has a pseudo header in place of Host, and others in place of the request line.
    String name = line.name().equals(":authority") ? "Host" : line.name();
    for (HeaderLine one : left) {
      if (one.name().equalsIgnoreCase(name) && one.value().equals(line.value())) {
        left.remove(one);
        return new Sent(line, Change.KEPT, "");
      }
    }
    List<HeaderLine> same = left.stream().filter(one -> one.name().equalsIgnoreCase(name)).toList();
    left.removeAll(same);
    if (same.isEmpty()) {
      return new Sent(line, name.startsWith(":") ? Change.KEPT : Change.ADDED, "");
    }
    String was = String.join(", ", same.stream().map(HeaderLine::value).toList());
    return new Sent(line, Change.ALTERED, was);
  }
}
