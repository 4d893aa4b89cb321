package io.tagway.admin;

import java.util.ArrayDeque;
import java.util.Deque;

/** The spelling of a path without empty and dot segments, to which others are redirected. */
final class CleanPath {
  private CleanPath() {}

  /** Percent escapes stay as they are; a slash at the end stays too. */
  static String of(String path) {
    if (path.startsWith("/") && !path.contains("//") && !path.contains("/.")) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("/")) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    boolean closed = path.endsWith("/") && !kept.isEmpty();
    return "/" + String.join("/", kept) + (closed ? "/" : "");
  }
}
