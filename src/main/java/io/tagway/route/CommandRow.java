package io.tagway.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A command in parts, as a program sends it instead of a line. The rules are those of {@link
 * CommandText}; what a line cannot hold (a blank in a word) is a problem here, so that the table
 * can always be printed.
 *
 * @param verb {@code route add}, {@code route del} or {@code route weight}
 * @param service empty where the command allows it
 * @param weight as text; empty = 0
 * @param options in any order; a flag has an empty value
 */
public record CommandRow(
    String verb,
    String service,
    String source,
    String destination,
    String weight,
    List<String> tags,
    Map<String, String> options) {
  private static final String VERBS = "route add, route del or route weight";

  public CommandRow {
    tags = List.copyOf(tags);
    options = Map.copyOf(options);
  }

  /** Reads every row; a bad one becomes a problem, the rest stays. Rows are lines from 1 on. */
  public static Parsed parse(List<CommandRow> rows, Origin origin) {
    List<Line> lines = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      CommandRow row = rows.get(i);
      Origin place = origin.atLine(i + 1);
      try {
        lines.add(new Line(row.command(), place));
      } catch (Unfit unfit) {
        problems.add(unfit.at(place, row.text()));
      }
    }
    return new Parsed(lines, problems);
  }

  private Command command() throws Unfit {
    return switch (verb) {
      case "route add" ->
          new Command.Add(
              needed("service", service),
              needed("prefix", source),
              needed("target", destination),
              WeightText.parse(weight.isEmpty() ? "0" : weight),
              readTags(),
              readOptions());
      case "route del" -> {
        if (service.isEmpty() && (tags.isEmpty() || !source.isEmpty() || !destination.isEmpty())) {
          throw new Unfit("route: service must not be empty", "a service, or tags alone");
        }
        yield new Command.Delete(
            word("service", service),
            word("prefix", source),
            word("target", destination),
            readTags());
      }
      case "route weight" -> {
        if (service.isEmpty() && tags.isEmpty()) {
          throw new Unfit("route: service must not be empty", "a service, tags, or both");
        }
        yield new Command.Weight(
            word("service", service),
            needed("prefix", source),
            WeightText.parse(weight.isEmpty() ? "0" : weight),
            readTags());
      }
      default -> throw new Unfit("route: invalid command: " + verb, VERBS);
    };
  }

  private static String needed(String what, String text) throws Unfit {
    if (text.isEmpty()) {
      throw new Unfit("route: " + what + " must not be empty", "a text without blanks");
    }
    return word(what, text);
  }

  private static String word(String what, String text) throws Unfit {
    if (blankOrControl(text)) {
      throw new Unfit(
          "route: " + what + " with a blank or a control character", "a text without blanks");
    }
    return text;
  }

  /** A comma inside a tag parts it, as it does in the route language. */
  private List<String> readTags() throws Unfit {
    for (String tag : tags) {
      if (tag.chars().anyMatch(Character::isISOControl)) {
        throw new Unfit("route: tag with a control character", "printable text");
      }
    }
    return tags.isEmpty() ? List.of() : Quoted.readTags(tagText());
  }

  private String tagText() {
    String joined = String.join(",", tags);
    return joined.isEmpty() ? " " : joined;
  }

  private Map<String, String> readOptions() throws Unfit {
    Map<String, String> read = new LinkedHashMap<>();
    for (Map.Entry<String, String> option : options.entrySet()) {
      String name = option.getKey();
      String value = withoutBlanksAroundCommas(option.getValue());
      if (name.isEmpty() || name.contains("=") || blankOrControl(name) || blankOrControl(value)) {
        throw new Unfit(
            "route: option \"" + name + "\" with a blank or a control character",
            "names and values without blanks");
      }
      read.put(name, value);
    }
    return read;
  }

  /** Lists of addresses are often written with blanks, which mean nothing. */
  private static String withoutBlanksAroundCommas(String value) {
    StringJoiner joined = new StringJoiner(",");
    for (String part : value.split(",", -1)) {
      joined.add(WhiteSpace.trim(part));
    }
    return joined.toString();
  }

  private static boolean blankOrControl(String text) {
    return WhiteSpace.firstIn(text) < text.length()
        || text.chars().anyMatch(Character::isISOControl);
  }

  /** What the row says, much as a line would. */
  private String text() {
    StringJoiner text = new StringJoiner(" ");
    for (String part : List.of(verb, service, source, destination)) {
      if (!part.isEmpty()) {
        text.add(part);
      }
    }
    if (!weight.isEmpty()) {
      text.add("weight").add(weight);
    }
    if (!tags.isEmpty()) {
      text.add("tags").add(Quoted.tags(tags));
    }
    if (!options.isEmpty()) {
      text.add("opts").add(Quoted.options(options));
    }
    return text.toString();
  }
}
