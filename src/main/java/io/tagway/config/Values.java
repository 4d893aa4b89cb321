package io.tagway.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The effective value of every option: the first source that has it wins. A value that is not of
 * its type or breaks its rule is found as a fault and replaced by the default, so that everything
 * else can still be checked.
 */
final class Values {

  /** One option's value. */
  private record Held(Option option, String text, Object value, Source source) {}

  private record Text(String text, Source source) {}

  private final Map<String, Held> held = new LinkedHashMap<>();
  private final Findings findings;

  Values(Arguments arguments, Environment environment, ConfigFile file, Findings findings) {
    this.findings = findings;
    for (Option option : OptionTable.options()) {
      Text text =
          commandLine(option, arguments)
              .or(() -> variable(option, environment))
              .or(() -> line(option, file))
              .orElse(new Text(option.fallback(), Source.DEFAULT));
      held.put(option.name(), hold(option, text));
    }
  }

  private Optional<Text> commandLine(Option option, Arguments arguments) {
    for (String name : names(option)) {
      String text = arguments.values().get(name);
      if (text != null) {
        warnAboutAlias(option, "-" + name, "-" + option.name());
        return Optional.of(new Text(text, Source.COMMAND_LINE));
      }
    }
    return Optional.empty();
  }

  private Optional<Text> variable(Option option, Environment environment) {
    if (option.commandLineOnly()) {
      return Optional.empty();
    }
    for (String name : names(option)) {
      Optional<Environment.Variable> variable = environment.of(name);
      if (variable.isPresent()) {
        return variable.map(v -> new Text(v.value(), Source.variable(v.name())));
      }
    }
    return Optional.empty();
  }

  private Optional<Text> line(Option option, ConfigFile file) {
    if (option.commandLineOnly()) {
      return Optional.empty();
    }
    for (String name : names(option)) {
      ConfigFile.Entry entry = file.entries().get(name);
      if (entry != null) {
        warnAboutAlias(option, name, option.name());
        return Optional.of(new Text(entry.value(), Source.line(file.name(), entry.line())));
      }
    }
    return Optional.empty();
  }

  private static List<String> names(Option option) {
    return option.aliases().isEmpty()
        ? List.of(option.name())
        : List.of(option.name(), option.aliases().get(0));
  }

  private void warnAboutAlias(Option option, String written, String right) {
    if (!written.equals(right)) {
      findings.warn(written + " is an old spelling of " + option.name() + ", which is used");
    }
  }

  private Held hold(Option option, Text text) {
    Reading<Object> reading = option.type().parse(text.text());
    if (reading instanceof Reading.Unfit<Object> bad) {
      findings.fault(
          fault(option, text.text(), text.source(), bad.reason(), option.type(), bad.fits()));
      return fallback(option);
    }
    Object value = ((Reading.Value<Object>) reading).value();
    Optional<String> complaint = option.rule().complaint().apply(value);
    if (complaint.isPresent()) {
      findings.fault(
          fault(option, text.text(), text.source(), complaint.get(), option.rule().fits()));
      return fallback(option);
    }
    return new Held(option, text.text(), value, text.source());
  }

  private static Held fallback(Option option) {
    Object value =
        option
            .type()
            .parse(option.fallback())
            .orElse(
                "",
                bad -> {
                  throw new IllegalStateException(option.name() + " has a bad default");
                });
    return new Held(option, option.fallback(), value, Source.DEFAULT);
  }

  private static String fault(
      Option option, String text, Source source, String reason, OptionType type, String fits) {
    return fault(option, text, source, "not a " + type.title() + ": " + reason, fits);
  }

  private static String fault(
      Option option, String text, Source source, String reason, String fits) {
    String shown = option.secret() ? "" : "value " + Quoted.of(text) + " ";
    return option.name()
        + ": "
        + reason
        + " ("
        + shown
        + "from "
        + source.words()
        + ")"
        + (fits.isEmpty() ? "" : "; fits: " + fits);
  }

  /** Finds the value of the option to be wrong for a reason that its row does not know. */
  void refuse(String name, String reason, String fits) {
    Held it = get(name);
    findings.fault(fault(it.option(), it.text(), it.source(), reason, fits));
  }

  /** Whether some source has the option, even with its default or an empty value. */
  boolean given(String name) {
    return get(name).source().explicit();
  }

  Source source(String name) {
    return get(name).source();
  }

  String text(String name) {
    return (String) get(name).value();
  }

  boolean flag(String name) {
    return (Boolean) get(name).value();
  }

  long number(String name) {
    return (Long) get(name).value();
  }

  /** For options whose rule keeps them within an int. */
  int integer(String name) {
    return Math.toIntExact(number(name));
  }

  Duration duration(String name) {
    return (Duration) get(name).value();
  }

  List<String> list(String name) {
    return ((List<?>) get(name).value()).stream().map(String.class::cast).toList();
  }

  List<Double> numbers(String name) {
    return ((List<?>) get(name).value()).stream().map(Double.class::cast).toList();
  }

  private Held get(String name) {
    Held it = held.get(name);
    if (it == null) {
      throw new IllegalArgumentException("no option " + name);
    }
    return it;
  }
}
