package io.tagway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The environment as options see it: names in any case, with the prefix {@code FABIO_} or without.
 * Of names that differ only in case the last one counts.
 */
final class Environment {
  private static final String PREFIX = "FABIO_";

  /** A variable as it was written. */
  record Variable(String name, String value) {}

  private final Map<String, String> exact;
  private final Map<String, Variable> folded = new LinkedHashMap<>();

  Environment(Map<String, String> variables) {
    exact = variables;
    variables.forEach(
        (name, value) -> folded.put(name.toUpperCase(Locale.ROOT), new Variable(name, value)));
  }

  /** The variables as they are. */
  Map<String, String> variables() {
    return exact;
  }

  /** A variable that is no option; an empty one counts as absent. */
  String plain(String name) {
    return exact.getOrDefault(name, "");
  }

  /** The variable that sets this option; the prefix beats the plain name. */
  Optional<Variable> of(String optionName) {
    String name = Option.variable(optionName);
    return Optional.ofNullable(folded.get(PREFIX + name))
        .or(() -> Optional.ofNullable(folded.get(name)));
  }

  /** Warns about prefixed names that set nothing and are close to one that would. */
  void warnAboutMisspelt(Findings findings) {
    List<String> known = OptionTable.options().stream().map(Option::variable).toList();
    folded.forEach(
        (name, variable) -> {
          if (name.startsWith(PREFIX)) {
            String rest = name.substring(PREFIX.length());
            boolean sets =
                OptionTable.options().stream()
                    .anyMatch(
                        o ->
                            o.variable().equals(rest)
                                || o.aliases().stream()
                                    .anyMatch(a -> Option.variable(a).equals(rest)));
            Optional<String> near = Nearest.to(rest, known);
            if (!sets && near.isPresent()) {
              findings.warn(
                  "the environment variable "
                      + variable.name()
                      + " sets no option (did you mean "
                      + PREFIX
                      + near.get()
                      + "?)");
            }
          }
        });
  }
}
