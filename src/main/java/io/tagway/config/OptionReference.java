package io.tagway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prints the option table as the page {@code docs/options.md}. */
public final class OptionReference {
  private static final String INTRODUCTION =
      """
      # Options

      This page is printed from the option table; `make docs` writes it anew.

      Every option has one name. It can stand

      * on the command line: `-proxy.addr :80`, `-proxy.addr=:80`, or the same with two dashes. A
        switch takes a value only with an equals sign (`-insecure=false`); `-insecure` alone means
        true.
      * in the environment, with `_` for `.`, in any case, with the prefix `FABIO_` or without:
        `FABIO_PROXY_ADDR`. A prefix `TAGWAY_` there is not.
      * in the properties file of `-cfg`: `proxy.addr = :80`. Lines that begin with `#` or `!` are
        comments; a backslash is written twice; `${NAME}` stands for another key of the file or a
        variable; of a key that stands twice the last one counts.

      For each option the first of these that has it wins, also with an empty value. The file is read
      once. Everything that is wrong is reported at once: with status 2 if it is about the words on
      the command line, else with status 1.

      | type | accepted |
      | --- | --- |
      | text | anything; nothing is trimmed |
      | switch | `1 t T TRUE true True 0 f F FALSE false False` |
      | number | decimal, `0x` hexadecimal, leading `0` octal, `0b` binary, `_` between digits |
      | duration | `0`, or numbers with the units `ns us ms s m h`: `1m30s`, `1.5h` |
      | list | texts with commas between; each is trimmed |
      | entries | see [entries](#entries) |

      An address template is one of `{{ GetPrivateIP }}`, `{{ GetPublicIP }}`,
      `{{ GetInterfaceIP "NAME" }}`.

      Options marked *no effect* are read and checked; setting them warns.
      """;

  private static final String ENTRIES =
      """

      ## Entries

      Entries stand between commas, the keys of an entry between semicolons:
      `:80;rt=30s,:443;cs=main`. Values that hold a comma or a semicolon stand in quotes, double or
      single; in quotes `\\"`, `\\\\`, `\\n` and the other escapes of Go are known.
      """;

  private OptionReference() {}

  /** Writes the page to the path given, or to {@code docs/options.md}. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args.length > 0 ? args[0] : "docs/options.md"), text());
  }

  /** The whole page. */
  static String text() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Section section : Section.values()) {
      page.append("\n## ").append(section.title()).append("\n\n");
      page.append("| option | type | default | smallest | accepted | meaning |\n");
      page.append("| --- | --- | --- | --- | --- | --- |\n");
      OptionTable.options().stream()
          .filter(option -> option.section() == section)
          .forEach(option -> row(page, cells(option)));
    }
    page.append(ENTRIES);
    keys(page, "proxy.addr, ui.addr", EntryKeys.LISTENER);
    page.append("\nprotocols (`proto`): ");
    page.append(String.join(", ", Stream.of(Proto.values()).map(OptionReference::proto).toList()));
    page.append(".\n");
    keys(page, "proxy.cs", EntryKeys.CERT_SOURCE);
    keys(page, "proxy.auth, ui.auth", EntryKeys.AUTH_SCHEME);
    keys(page, "bgp.peers", EntryKeys.BGP_PEER);
    return page.toString();
  }

  private static List<String> cells(Option option) {
    String type =
        option.unit().isEmpty()
            ? option.type().title()
            : option.type().title() + ", " + option.unit();
    String fallback = option.computed().isEmpty() ? code(option.fallback()) : option.computed();
    String meaning = option.meaning() + effect(option) + also(option.aliases());
    return List.of(
        code(option.name()),
        type,
        fallback,
        code(option.rule().least()),
        option.rule().fits(),
        meaning);
  }

  private static void keys(StringBuilder page, String options, List<EntryKey> keys) {
    page.append("\n### ").append(options).append("\n\n");
    page.append("| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
    for (EntryKey key : keys) {
      List<String> cells = new ArrayList<>(List.of(code(key.name()), key.value(), key.fallback()));
      cells.add(key.meaning() + also(key.aliases()));
      row(page, cells);
    }
  }

  private static String proto(Proto proto) {
    return code(proto.word());
  }

  private static String effect(Option option) {
    return option.hasEffect() ? "" : " *No effect: " + option.because() + ".*";
  }

  private static String also(List<String> aliases) {
    return aliases.isEmpty() ? "" : " Also `" + String.join("`, `", aliases) + "`.";
  }

  private static void row(StringBuilder page, List<String> cells) {
    page.append("| ");
    page.append(String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList()));
    page.append(" |\n");
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
