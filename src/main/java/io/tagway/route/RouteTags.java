package io.tagway.route;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns the tags of an instance into commands. A tag that starts with the prefix is a route tag:
 *
 * <pre>
 * PREFIX SOURCE [NAME[=VALUE] ...]
 * </pre>
 *
 * <p>Every other tag is a tag of the targets. In a source with a slash {@code $DC} is the data
 * center. The options {@code proto}, {@code weight} and {@code redirect=CODE,URL} become parts of
 * the command; all others are options of the target.
 */
public final class RouteTags {
  private final String prefix;
  private final Variables variables;

  /**
   * @param prefix what a route tag starts with, e.g. {@code urlprefix-}
   * @param datacenter the value of {@code $DC}
   */
  public RouteTags(String prefix, String datacenter) {
    this.prefix = prefix;
    this.variables = new Variables(datacenter);
  }

  /**
   * The commands of one instance, in tag order. A tag that cannot be used becomes a problem, the
   * others are not affected; a service whose name is no word of the route language has none.
   */
  public Parsed commands(Instance instance) {
    Origin origin =
        new Origin(Origin.Kind.TAG, instance.service(), instance.node() + "/" + instance.id(), 0);
    List<Problem> problems = new ArrayList<>();
    List<String> routeTags = new ArrayList<>();
    List<String> others = new ArrayList<>();
    List<Problem> problemsOfOthers = new ArrayList<>();
    for (String tag : instance.tags()) {
      String trimmed = WhiteSpace.trim(tag);
      boolean isRoute = trimmed.startsWith(prefix);
      if (isRoute && trimmed.chars().anyMatch(RouteTags::isForbidden)) {
        problems.add(
            new Problem(
                origin,
                trimmed,
                "route tag with a control character",
                "one line of printable text"));
      } else if (isRoute) {
        routeTags.add(trimmed);
      } else if (trimmed.chars().anyMatch(Character::isISOControl)) {
        problemsOfOthers.add(
            new Problem(origin, trimmed, "tag with a control character", "printable text"));
      } else {
        others.add(trimmed);
      }
    }
    if (routeTags.isEmpty()) {
      return new Parsed(List.of(), problems);
    }
    problems.addAll(problemsOfOthers);
    if (WhiteSpace.fields(instance.service()).size() != 1
        || WhiteSpace.firstIn(instance.service()) < instance.service().length()) {
      problems.add(nameless(origin, instance));
      return new Parsed(List.of(), problems);
    }
    // A comma inside a tag parts it, as it does in the route language.
    List<String> tags = Quoted.readTags(String.join(",", others));
    List<Line> lines = new ArrayList<>();
    for (String tag : routeTags) {
      TagReader reader = new TagReader(instance, tags, variables);
      try {
        String rest = WhiteSpace.trim(tag.substring(prefix.length()));
        lines.add(new Line(reader.command(rest), origin));
      } catch (Unfit unfit) {
        problems.add(unfit.at(origin, tag));
      }
      reader.complaints().forEach(unfit -> problems.add(unfit.at(origin, tag)));
    }
    return new Parsed(lines, problems);
  }

  /** A tab is a blank; whoever writes anything else did not mean what would become of it. */
  private static boolean isForbidden(int c) {
    return Character.isISOControl(c) && c != '\t';
  }

  private static Problem nameless(Origin origin, Instance instance) {
    return new Problem(
        origin, instance.service(), "service name with a blank", "a name without blanks");
  }

  /** Whether a tag is a route tag; blanks around it do not count. */
  public boolean isRoute(String tag) {
    return WhiteSpace.trim(tag).startsWith(prefix);
  }
}
