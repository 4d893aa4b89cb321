package io.tagway.config;

import java.util.List;
import java.util.Locale;

/**
 * One row of the {@link OptionTable}.
 *
 * @param name as users write it on the command line and in the file; case matters
 * @param fallback the default, as it would be written
 * @param computed the default in words where it is taken from the machine; else empty
 * @param unit of a bare number; else empty
 * @param because why it never has an effect; else empty
 * @param aliases spellings of old manuals, accepted with a warning
 * @param keys what an entry of the value may hold
 * @param secret whether the value must not be shown
 */
record Option(
    Section section,
    String name,
    OptionType type,
    String fallback,
    String computed,
    String unit,
    String meaning,
    Rule rule,
    Effect effect,
    String because,
    List<String> aliases,
    List<EntryKey> keys,
    boolean secret) {

  /** The name of its environment variable without the optional prefix {@code FABIO_}. */
  String variable() {
    return variable(name);
  }

  static String variable(String name) {
    return name.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** Whether it can only stand on the command line. */
  boolean commandLineOnly() {
    return name.equals("cfg") || name.equals("v") || name.equals("version");
  }

  /** A row being written: every method fills in one cell, so that the row reads as a sentence. */
  static final class Row {
    private final OptionType type;
    private final String name;
    private final String fallback;
    private String computed = "";
    private String unit = "";
    private String meaning = "";
    private Rule rule = Rule.ANY;
    private Effect effect = Effect.NOW;
    private String because = "";
    private List<String> aliases = List.of();
    private List<EntryKey> keys = List.of();
    private boolean secret;

    Row(OptionType type, String name, String fallback) {
      this.type = type;
      this.name = name;
      this.fallback = fallback;
    }

    Row means(String text) {
      meaning = text;
      return this;
    }

    Row otherwise(String words) {
      computed = words;
      return this;
    }

    Row in(String word) {
      unit = word;
      return this;
    }

    Row must(Rule check) {
      rule = check;
      return this;
    }

    Row later() {
      effect = Effect.LATER;
      return this;
    }

    Row never(String reason) {
      effect = Effect.NEVER;
      because = reason;
      return this;
    }

    Row alias(String other) {
      aliases = List.of(other);
      return this;
    }

    Row keys(List<EntryKey> known) {
      keys = known;
      return this;
    }

    Row masked() {
      secret = true;
      return this;
    }

    Option under(Section section) {
      return new Option(
          section, name, type, fallback, computed, unit, meaning, rule, effect, because, aliases,
          keys, secret);
    }
  }
}
