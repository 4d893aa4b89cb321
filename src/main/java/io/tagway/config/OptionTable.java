package io.tagway.config;

import io.tagway.config.Option.Row;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one table of all options. The command line, the names of environment variables and file keys,
 * the checks, {@code -h} and {@code docs/options.md} come from here; nothing about an option is
 * written a second time.
 */
public final class OptionTable {
  private static final Map<String, Option> ROWS = rows();

  private OptionTable() {}

  private static Map<String, Option> rows() {
    Map<String, Option> rows = new LinkedHashMap<>();
    add(rows, Section.PROCESS, OperatingOptions.process());
    add(rows, Section.LISTENERS, TrafficOptions.listeners());
    add(rows, Section.PROXY, TrafficOptions.proxy());
    add(rows, Section.LOG, OperatingOptions.log());
    add(rows, Section.METRICS, OperatingOptions.metrics());
    add(rows, Section.REGISTRY, RegistryOptions.registry());
    add(rows, Section.CONSUL, RegistryOptions.consul());
    add(rows, Section.UI, OperatingOptions.ui());
    add(rows, Section.BGP, OperatingOptions.bgp());
    add(rows, Section.DEPRECATED, OperatingOptions.deprecated());
    return rows;
  }

  private static void add(Map<String, Option> all, Section section, List<Row> rows) {
    for (Row row : rows) {
      Option option = row.under(section);
      all.put(option.name(), option);
    }
  }

  /** All rows in the order of the reference. */
  static Collection<Option> options() {
    return ROWS.values();
  }

  /** The row of that name, with its case; aliases are no names. */
  static Optional<Option> named(String name) {
    return Optional.ofNullable(ROWS.get(name));
  }

  /** The row that goes by that name or had it in an old manual. */
  static Optional<Option> called(String name) {
    return named(name)
        .or(() -> ROWS.values().stream().filter(o -> o.aliases().contains(name)).findFirst());
  }

  /** The names of the options that are accepted and change nothing, which setting them tells. */
  public static List<String> withoutEffect() {
    return options().stream().filter(option -> !option.hasEffect()).map(Option::name).toList();
  }
}
