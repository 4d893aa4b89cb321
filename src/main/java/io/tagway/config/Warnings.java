package io.tagway.config;

import java.util.List;
import java.util.Optional;

/** Warns about what was written and changes nothing. */
final class Warnings {
  private Warnings() {}

  static void add(Values values, Environment environment, ConfigFile file, Findings findings) {
    for (Option option : OptionTable.options()) {
      if (!option.hasEffect() && values.given(option.name())) {
        findings.warn(option.name() + " has no effect: " + option.because());
      }
    }
    environment.warnAboutMisspelt(findings);
    warnAboutKeys(file, findings);
  }

  private static void warnAboutKeys(ConfigFile file, Findings findings) {
    List<String> names = OptionTable.options().stream().map(Option::name).toList();
    file.entries()
        .forEach(
            (key, entry) -> {
              Optional<Option> option = OptionTable.called(key);
              if (option.isPresent() && !option.get().commandLineOnly()) {
                return;
              }
              String why =
                  option.isPresent()
                      ? key + " can only be given on the command line"
                      : Removed.reason(key)
                          .map(reason -> key + " is not known: " + reason)
                          .orElseGet(
                              () -> "unknown option " + key + Nearest.question(key, names, ""));
              findings.warn(why + " (" + Source.line(file.name(), entry.line()).words() + ")");
            });
  }
}
