package io.tagway.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the route language, one command a line of any length:
 *
 * <pre>
 * route add SERVICE SOURCE DESTINATION [weight W] [tags "T1,T2"] [opts "K=V K=V"]
 * route del SERVICE [SOURCE [DESTINATION]]
 * route del [SERVICE] tags "T1,T2"
 * route weight SERVICE SOURCE weight W [tags "T1,T2"]
 * route weight SOURCE weight W tags "T1,T2"
 * </pre>
 *
 * <p>Keywords are lower case. Words end at blanks; a quote inside quotes is written twice. Empty
 * lines and lines that start with {@code #} or {@code //} mean nothing; so does a byte order mark
 * before the first line.
 */
public final class CommandText {
  private static final String ADD_FITS =
      "route add <service> <source> <destination>[ weight <w>][ tags \"<t1>,<t2>\"]"
          + "[ opts \"<k=v k=v>\"]";
  private static final String DEL_FITS =
      "route del <service>[ <source>[ <destination>]], route del [<service> ]tags \"<t1>,<t2>\"";
  private static final String WEIGHT_FITS =
      "route weight <service> <source> weight <w>[ tags \"<t1>,<t2>\"],"
          + " route weight <source> weight <w> tags \"<t1>,<t2>\"";
  private static final String ROUTE_FITS = "route add …, route del …, route weight … or # comment";

  private CommandText() {}

  /** Reads every line of a text; a bad one becomes a problem, the rest stays. Never fails. */
  public static Parsed parse(String text, Origin origin) {
    List<Line> lines = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    int start = text.startsWith("\ufeff") ? 1 : 0;
    for (int number = 1; start <= text.length(); number++) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      String line = WhiteSpace.trim(text.substring(start, end));
      start = end + 1;
      if (line.isEmpty() || line.startsWith("#") || line.startsWith("//")) {
        continue;
      }
      Origin place = origin.atLine(number);
      try {
        lines.add(new Line(command(line), place));
      } catch (Unfit unfit) {
        problems.add(unfit.at(place, line));
      }
    }
    return new Parsed(lines, problems);
  }

  private static Command command(String line) throws Unfit {
    LineReader reader = new LineReader(line);
    if (reader.keyword("route")) {
      int mark = reader.mark();
      String verb = reader.word();
      // "address", "delete" and "weights" name the form that they miss.
      if (verb != null && verb.startsWith("add")) {
        return orInvalid(verb.equals("add") ? add(reader) : null, "route add", ADD_FITS);
      }
      if (verb != null && verb.startsWith("del")) {
        return orInvalid(verb.equals("del") ? delete(reader) : null, "route del", DEL_FITS);
      }
      if (verb != null && verb.startsWith("weight")) {
        return orInvalid(
            verb.equals("weight") ? weight(reader) : null, "route weight", WEIGHT_FITS);
      }
      reader.back(mark);
    }
    throw new Unfit("syntax error: 'route' expected", ROUTE_FITS);
  }

  private static Command orInvalid(@Nullable Command command, String form, String fits)
      throws Unfit {
    if (command == null) {
      throw new Unfit("syntax error: '" + form + "' invalid", fits);
    }
    return command;
  }

  private static @Nullable Command add(LineReader reader) throws Unfit {
    String service = reader.word();
    String source = reader.word();
    String destination = reader.word();
    if (service == null || source == null || destination == null) {
      return null;
    }
    String weight = "0";
    if (reader.keyword("weight")) {
      weight = reader.word();
    }
    String tags = optionalQuoted(reader, "tags");
    String options = optionalQuoted(reader, "opts");
    if (weight == null || tags == null || options == null || !reader.atEnd()) {
      return null;
    }
    Map<String, String> read = Quoted.readOptions(options);
    return new Command.Add(
        service, source, destination, WeightText.parse(weight), Quoted.readTags(tags), read);
  }

  private static @Nullable Command delete(LineReader reader) {
    String[] words = {"", "", ""};
    for (int i = 0; i < words.length && !reader.atEnd(); i++) {
      int mark = reader.mark();
      // Only directly after the optional service can "tags" be the keyword.
      String tags = i < 2 && reader.keyword("tags") ? reader.quoted() : null;
      if (tags != null && reader.atEnd()) {
        return new Command.Delete(words[0], "", "", Quoted.readTags(tags));
      }
      reader.back(mark);
      String word = reader.word();
      words[i] = word == null ? "" : word;
    }
    boolean complete = !words[0].isEmpty() && reader.atEnd();
    return complete ? new Command.Delete(words[0], words[1], words[2], List.of()) : null;
  }

  private static @Nullable Command weight(LineReader reader) throws Unfit {
    int mark = reader.mark();
    String first = reader.word();
    String second = reader.word();
    if (first == null || second == null) {
      return null;
    }
    if (reader.keyword("weight")) {
      String weight = reader.word();
      String tags = optionalQuoted(reader, "tags");
      if (weight != null && tags != null && reader.atEnd()) {
        return new Command.Weight(first, second, WeightText.parse(weight), Quoted.readTags(tags));
      }
    }
    reader.back(mark);
    String source = reader.word();
    String weight = reader.keyword("weight") ? reader.word() : null;
    String tags = reader.keyword("tags") ? reader.quoted() : null;
    if (source == null || weight == null || tags == null || !reader.atEnd()) {
      return null;
    }
    return new Command.Weight("", source, WeightText.parse(weight), Quoted.readTags(tags));
  }

  /** What stands behind the keyword: empty without the keyword, null if no quoted text follows. */
  private static @Nullable String optionalQuoted(LineReader reader, String keyword) {
    return reader.keyword(keyword) ? reader.quoted() : "";
  }
}
