package io.tagway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words after the program name, read as Go's flag package reads them: {@code -x v}, {@code
 * -x=v}, {@code --x v}, {@code --x=v}; a switch takes a value only with {@code =}; the last of
 * several wins; {@code --} and {@code -} end the options.
 *
 * @param values text by name or alias as written
 * @param file what {@code -cfg} names, quotes cut; empty if there was none
 * @param help whether the usage was asked for
 * @param version whether the version was asked for, which wins over everything
 */
record Arguments(Map<String, String> values, Optional<String> file, boolean help, boolean version) {

  private static final Set<String> HELP = Set.of("h", "help");
  private static final Set<String> VERSION = Set.of("v", "version");
  private static final String FILE = "cfg";

  static Arguments scan(List<String> words, Findings findings) {
    return new Scan(words, findings).run();
  }

  /** One walk over the words. */
  private static final class Scan {
    private final List<String> words;
    private final Findings findings;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> unread = new ArrayList<>();
    private Optional<String> file = Optional.empty();
    private boolean help;
    private boolean version;
    private boolean ended;
    private String switchBefore = "";
    private int at;

    Scan(List<String> words, Findings findings) {
      this.words = words;
      this.findings = findings;
    }

    Arguments run() {
      while (at < words.size()) {
        String before = switchBefore;
        switchBefore = "";
        word(words.get(at++), before);
      }
      if (!unread.isEmpty()) {
        findings.warn(
            "words after the end of the options are not read: " + String.join(" ", unread));
      }
      return new Arguments(values, file, help, version);
    }

    private void word(String word, String before) {
      if (word.startsWith("-test.")) {
        return;
      }
      int dashes = word.startsWith("--") ? 2 : word.startsWith("-") ? 1 : 0;
      int equals = word.indexOf('=');
      String name = word.substring(dashes, equals < 0 ? word.length() : Math.max(equals, dashes));
      Optional<String> value =
          equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
      boolean option = dashes > 0 && !name.isEmpty() && !name.startsWith("-");

      if (option && VERSION.contains(name)) {
        versionSwitch(name, value);
      } else if (option && name.equals(FILE)) {
        file(value);
      } else if (ended || help) {
        unread(word);
      } else if (word.equals("-") || word.equals("--")) {
        ended = true;
      } else if (dashes == 0) {
        stray(word, before);
      } else if (!option) {
        findings.usage("bad flag syntax: " + word);
      } else if (HELP.contains(name)) {
        help = true;
      } else {
        option(name, value);
      }
    }

    private void versionSwitch(String name, Optional<String> value) {
      boolean wanted =
          OptionType.flag(value.orElse("true"))
              .orElse(false, bad -> badValue(name, OptionType.SWITCH, value.orElse(""), bad));
      version |= wanted;
    }

    /** A path is the next word, whatever it looks like. */
    private void file(Optional<String> value) {
      Optional<String> path = value.or(this::next).map(Scan::withoutQuotes);
      if (path.isEmpty() || path.get().isEmpty()) {
        findings.fault(
            "cfg: invalid or missing path to config file (from the command line);"
                + " fits: -cfg PATH or -cfg URL");
      }
      file = path;
    }

    private void option(String name, Optional<String> value) {
      Optional<Option> known = OptionTable.called(name);
      if (known.isEmpty()) {
        findings.usage("flag provided but not defined: -" + name + unknown(name));
        if (value.isEmpty() && at < words.size() && !words.get(at).startsWith("-")) {
          at++; // Meant as its value, most likely: one mistake, one message.
        }
        return;
      }
      OptionType type = known.get().type();
      if (type == OptionType.SWITCH) {
        switchBefore = value.isEmpty() ? name : "";
        put(name, type, value.orElse("true"));
        return;
      }
      Optional<String> text = value.or(this::next);
      if (text.isEmpty()) {
        findings.usage("flag needs an argument: -" + name);
      } else {
        put(name, type, text.get());
      }
    }

    private void put(String name, OptionType type, String text) {
      if (type.parse(text) instanceof Reading.Unfit<Object> bad) {
        badValue(name, type, text, bad);
      } else {
        values.put(name, text);
      }
    }

    private void badValue(String name, OptionType type, String text, Reading.Unfit<?> bad) {
      String what =
          type == OptionType.SWITCH
              ? "invalid boolean value " + Quoted.of(text) + " for -" + name
              : "invalid value " + Quoted.of(text) + " for flag -" + name;
      findings.usage(what + ": " + bad.reason() + "; fits: " + bad.fits());
    }

    /** Fabio drops this word and everything behind it without telling. */
    private void stray(String word, String before) {
      findings.usage(
          "unexpected word "
              + Quoted.of(word)
              + (before.isEmpty()
                  ? ": options start with a dash"
                  : ": a switch takes its value as -" + before + "=" + word));
    }

    private void unread(String word) {
      if (!help) {
        unread.add(word);
      }
    }

    private Optional<String> next() {
      return at < words.size() ? Optional.of(words.get(at++)) : Optional.empty();
    }

    private static String unknown(String name) {
      return Removed.reason(name)
          .map(reason -> " (" + reason + ")")
          .orElseGet(
              () ->
                  Nearest.question(
                      name, OptionTable.options().stream().map(Option::name).toList(), "-"));
    }

    private static String withoutQuotes(String path) {
      for (char quote : new char[] {'\'', '"'}) {
        if (!path.isEmpty() && path.charAt(0) == quote) {
          int from = 0;
          int to = path.length();
          while (from < to && path.charAt(from) == quote) {
            from++;
          }
          while (to > from && path.charAt(to - 1) == quote) {
            to--;
          }
          return path.substring(from, to);
        }
      }
      return path;
    }
  }
}
