package io.tagway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One entry of a composite option, read key by key; what is wrong with a key is a fault. */
final class Entry {
  private final String option;
  private final int number;
  private final KeyValueList.Entry entry;
  private final Values values;
  private boolean refused;

  private Entry(String option, int number, KeyValueList.Entry entry, Values values) {
    this.option = option;
    this.number = number;
    this.entry = entry;
    this.values = values;
  }

  /** The entries of the option; none if its text cannot be read. Unknown keys are warned about. */
  static List<Entry> of(String option, Values values, Findings findings) {
    Option row = OptionTable.named(option).orElseThrow();
    List<KeyValueList.Entry> parsed =
        KeyValueList.parse(values.text(option))
            .orElse(List.of(), bad -> values.refuse(option, shown(row, bad.reason()), bad.fits()));
    List<EntryKey> keys = row.keys();
    List<Entry> entries = new ArrayList<>();
    for (KeyValueList.Entry written : parsed) {
      Entry entry = new Entry(option, entries.size() + 1, written, values);
      entry.warnAboutKeys(keys, findings);
      entries.add(entry);
    }
    return List.copyOf(entries);
  }

  /** What was written in an option with secrets may be one. */
  private static String shown(Option row, String reason) {
    return row.secret() ? reason.replaceAll("\".*\"", "\"***\"") : reason;
  }

  private void warnAboutKeys(List<EntryKey> keys, Findings findings) {
    List<String> names = keys.stream().map(EntryKey::name).toList();
    for (KeyValueList.Pair pair : entry.pairs()) {
      String key = pair.key();
      if (key.isEmpty() || names.contains(key)) {
        continue;
      }
      Optional<EntryKey> meant = keys.stream().filter(k -> k.aliases().contains(key)).findFirst();
      findings.warn(
          meant.isPresent()
              ? where() + key + " is an old spelling of " + meant.get().name() + ", which is used"
              : where() + "unknown key " + key + Nearest.question(key, names, ""));
    }
  }

  /** The name of the option it belongs to. */
  String option() {
    return option;
  }

  /** The bare text in front; empty if there is none. */
  Optional<String> bare() {
    return text("");
  }

  /** The value of the key or of an alias of it; the last of several. */
  Optional<String> text(String key) {
    List<String> all = all(key);
    if (all.isEmpty() && !key.isEmpty()) {
      all =
          OptionTable.named(option).orElseThrow().keys().stream()
              .filter(known -> known.name().equals(key))
              .flatMap(known -> known.aliases().stream())
              .flatMap(alias -> all(alias).stream())
              .toList();
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  List<String> all(String key) {
    return entry.pairs().stream()
        .filter(pair -> pair.key().equals(key))
        .map(KeyValueList.Pair::value)
        .toList();
  }

  /** The value of a key that must be there and not be empty; empty, after refusing, if not. */
  String required(String key) {
    String text = text(key).orElse("");
    if (text.isEmpty()) {
      refuse("missing '" + key + "' in " + shown(), key + "=...");
    }
    return text;
  }

  /** Only listeners may have a text without a key. */
  void refuseBare() {
    bare().ifPresent(text -> refuse("a text without a key", "KEY=VALUE"));
  }

  private String shown() {
    List<String> keys = entry.pairs().stream().map(KeyValueList.Pair::key).toList();
    return "an entry with " + String.join(", ", keys);
  }

  Duration duration(String key, Duration fallback) {
    return read(key, fallback, GoDuration::parse);
  }

  boolean flag(String key) {
    return read(key, false, OptionType::flag);
  }

  <T> T read(String key, T fallback, Function<String, Reading<T>> parser) {
    Optional<String> text = text(key);
    return text.isEmpty()
        ? fallback
        : parser
            .apply(text.get())
            .orElse(
                fallback, bad -> refuse(key + "=" + text.get() + ": " + bad.reason(), bad.fits()));
  }

  void refuse(String reason, String fits) {
    refused = true;
    values.refuse(option, (number > 1 ? "entry " + number + ": " : "") + reason, fits);
  }

  /** Whether anything was wrong with it. */
  boolean refused() {
    return refused;
  }

  /** The option and, unless it is the first entry, its number; fit to stand in front of a text. */
  String where() {
    return option + (number > 1 ? " entry " + number : "") + ": ";
  }
}
