package io.tagway.registry;

import io.tagway.route.Origin;
import io.tagway.route.Problem;

/** A problem as one line of the log: where, what stands there, why not, what would fit. */
final class ProblemText {
  private ProblemText() {}

  static String of(Problem problem) {
    String text = "Problem in " + place(problem.origin()) + ": " + quoted(problem.text());
    text += ": " + oneLine(problem.reason());
    return problem.fits().isEmpty() ? text : text + "; would fit: " + problem.fits();
  }

  private static String place(Origin origin) {
    String line = origin.line() > 0 ? " line " + origin.line() : "";
    return switch (origin.kind()) {
      case TAG -> "tag of service " + origin.name() + " (" + origin.detail() + ")";
      case OVERRIDE -> "override " + origin.name() + line;
      case FILE -> "route file " + origin.name() + line;
      case STATIC -> "registry.static.routes" + line;
      case CUSTOM -> "route " + origin.line() + " of " + origin.name();
    };
  }

  static String quoted(String text) {
    return '"' + oneLine(text) + '"';
  }

  /** Nothing that stands in a catalog begins a line of its own. */
  private static String oneLine(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }
}
