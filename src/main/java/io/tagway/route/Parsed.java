package io.tagway.route;

import java.util.List;

/** What could be read from a text or from tags, and what could not. */
public record Parsed(List<Line> lines, List<Problem> problems) {
  public Parsed {
    lines = List.copyOf(lines);
    problems = List.copyOf(problems);
  }
}
