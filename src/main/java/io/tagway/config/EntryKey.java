package io.tagway.config;

import java.util.List;

/**
 * One key of an option whose value is a list of entries.
 *
 * @param name as written, compared with its case
 * @param value what its value is
 * @param fallback the default in words; empty = none
 * @param meaning what it does
 * @param aliases spellings of old manuals
 */
record EntryKey(String name, String value, String fallback, String meaning, List<String> aliases) {

  static EntryKey key(String name, String value, String fallback) {
    return new EntryKey(name, value, fallback, "", List.of());
  }

  EntryKey means(String text) {
    return new EntryKey(name, value, fallback, text, aliases);
  }

  EntryKey alias(String other) {
    return new EntryKey(name, value, fallback, meaning, List.of(other));
  }
}
