package io.tagway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The kinds of values. Every one takes its text exactly as written; nothing is trimmed. */
enum OptionType {
  /** Any text; a {@link String}. */
  TEXT("string", "text"),
  /** A {@link Boolean}. */
  SWITCH("", "switch"),
  /** A {@link Long}. */
  INT("int", "number"),
  /** A {@link Long} that is not negative. */
  UINT("uint", "number without sign"),
  /** A {@link java.time.Duration} of 64-bit nanoseconds; may be negative. */
  DURATION("duration", "duration"),
  /** Texts between commas, trimmed, empty ones dropped; a {@code List<String>}. */
  LIST("value", "list"),
  /** Like {@link #LIST}; a {@code List<Double>}. */
  NUMBERS("value", "list of numbers"),
  /** Entries of keys and values, see {@link KeyValueList}; kept as a {@link String} here. */
  ENTRIES("string", "entries");

  private static final Map<String, Boolean> FLAGS =
      Map.ofEntries(
          Map.entry("1", true),
          Map.entry("t", true),
          Map.entry("T", true),
          Map.entry("TRUE", true),
          Map.entry("true", true),
          Map.entry("True", true),
          Map.entry("0", false),
          Map.entry("f", false),
          Map.entry("F", false),
          Map.entry("FALSE", false),
          Map.entry("false", false),
          Map.entry("False", false));

  private final String usageWord;
  private final String title;

  OptionType(String usageWord, String title) {
    this.usageWord = usageWord;
    this.title = title;
  }

  /** The word of the {@code -h} text. */
  String usageWord() {
    return usageWord;
  }

  /** The word of the option reference. */
  String title() {
    return title;
  }

  Reading<Object> parse(String text) {
    return switch (this) {
      case TEXT, ENTRIES -> Reading.of(text);
      case SWITCH -> flag(text).map(value -> value);
      case INT -> GoInteger.signed(text).map(value -> value);
      case UINT -> GoInteger.unsigned(text, 63).map(value -> value);
      case DURATION -> GoDuration.parse(text).map(value -> value);
      case LIST -> Reading.of(parts(text));
      case NUMBERS -> numbers(text).map(value -> value);
    };
  }

  /** One of the twelve spellings of a switch. */
  static Reading<Boolean> flag(String text) {
    Boolean value = FLAGS.get(text);
    return value == null
        ? Reading.unfit("parse error", "true or false (also 1, t, T, TRUE, True, 0, f, F, ...)")
        : Reading.of(value);
  }

  private static List<String> parts(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
  }

  private static Reading<List<Double>> numbers(String text) {
    List<Double> numbers = new ArrayList<>();
    for (String part : parts(text)) {
      Reading<Double> number = GoFloat.parse(part);
      if (number instanceof Reading.Unfit<Double> bad) {
        return Reading.unfit(bad.reason() + " at " + Quoted.of(part), bad.fits());
      }
      numbers.add(((Reading.Value<Double>) number).value());
    }
    return Reading.of(List.copyOf(numbers));
  }
}
