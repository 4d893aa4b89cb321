package io.tagway.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The option table as picocli knows it (for completion and manual page), with the usage text in
 * Fabio's form.
 */
final class Usage {
  private Usage() {}

  static String text(String program) {
    return new CommandLine(model(program)).getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  static CommandSpec model(String program) {
    CommandSpec command = CommandSpec.create().name(program);
    for (Option option : OptionTable.options()) {
      boolean flag = option.type() == OptionType.SWITCH;
      command.addOption(
          OptionSpec.builder("-" + option.name(), "--" + option.name())
              .type(flag ? boolean.class : String.class)
              .arity(flag ? "0" : "1")
              .paramLabel(option.type().usageWord())
              .description(option.inFull().replace("%", "%%"))
              .build());
    }
    command.usageMessage().sectionKeys(List.of("options"));
    command.usageMessage().sectionMap(Map.of("options", help -> lines(program)));
    return command;
  }

  private static String lines(String program) {
    return OptionTable.options().stream()
        .sorted(Comparator.comparing(Option::name))
        .map(Usage::line)
        .collect(Collectors.joining("", "Usage of " + program + ":\n", ""));
  }

  private static String line(Option option) {
    String word = option.type().usageWord();
    String head = "  -" + option.name() + (word.isEmpty() ? "" : " " + word);
    String gap = option.name().length() == 1 && word.isEmpty() ? "\t" : "\n    \t";
    return head + gap + option.inFull() + fallback(option) + "\n";
  }

  private static String fallback(Option option) {
    if (!option.computed().isEmpty()) {
      return " (default: " + option.computed() + ")";
    }
    return switch (option.fallback()) {
      case "", "0", "false" -> "";
      default ->
          option.type().usageWord().equals("string")
              ? " (default \"" + option.fallback() + "\")"
              : " (default " + option.fallback() + ")";
    };
  }
}
