package io.tagway.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One row of the {@link OptionTable}.
 *
 * @param name as users write it on the command line and in the file; case matters
 * @param fallback the default, as it would be written
 * @param computed the default in words where it is taken from the machine; else empty
 * @param unit of a bare number; else empty
 * @param because why setting it changes nothing; empty if it has its effect
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

  /** The meaning with what may stand there and why it has no effect, if so. */
  String inFull() {
    StringBuilder text = new StringBuilder(meaning);
    String fits = rule.fits();
    if (!fits.isEmpty()) {
      text.append(" Fits: ").append(fits).append('.');
    }
    if (!keys.isEmpty()) {
      text.append(" Keys of an entry: ");
      text.append(keys.stream().map(EntryKey::name).collect(Collectors.joining(" "))).append('.');
    }
    if (!hasEffect()) {
      text.append(" No effect: ").append(because).append('.');
    }
    return text.toString();
  }

  /** False for what is accepted only so that old configurations start. */
  boolean hasEffect() {
    return because.isEmpty();
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
    private String because = "";
    private List<String> aliases = List.of();
    private List<EntryKey> keys = List.of();
    private boolean secret;

    private Row(OptionType type, String name, String fallback) {
      this.type = type;
      this.name = name;
      this.fallback = fallback;
    }

    static Row row(OptionType type, String name, String fallback) {
      return new Row(type, name, fallback);
    }

    static Row text(String name, String fallback) {
      return row(OptionType.TEXT, name, fallback);
    }

    static Row flag(String name) {
      return flag(name, "false");
    }

    static Row flag(String name, String fallback) {
      return row(OptionType.SWITCH, name, fallback);
    }

    static Row number(String name, String fallback) {
      return row(OptionType.INT, name, fallback);
    }

    static Row duration(String name, String fallback) {
      return row(OptionType.DURATION, name, fallback);
    }

    static Row entries(String name, String fallback, List<EntryKey> keys) {
      return row(OptionType.ENTRIES, name, fallback).keys(keys);
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

    Row never(String reason) {
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
          section, name, type, fallback, computed, unit, meaning, rule, because, aliases, keys,
          secret);
    }
  }
}
