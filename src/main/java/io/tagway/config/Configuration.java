package io.tagway.config;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads arguments, environment and properties file into settings. For each option the first source
 * that has it wins: command line, variable with the prefix {@code FABIO_}, variable without, file,
 * default. Everything that is wrong is reported at once.
 */
public final class Configuration {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

  private Configuration() {}

  /**
   * Reads the configuration once; may read a file or a URL (for 30 seconds at most) and lists the
   * network interfaces. Never throws for what a user wrote.
   *
   * @param program the name to show in the usage
   * @param version the version to print
   * @param args the words after the program name
   * @param environment all variables
   */
  public static Loaded load(
      String program, String version, List<String> args, Map<String, String> environment) {
    return load(program, version, args, environment, Machine.here(environment));
  }

  static Loaded load(
      String program,
      String version,
      List<String> args,
      Map<String, String> environment,
      Machine machine) {
    Findings findings = new Findings();
    Arguments arguments = Arguments.scan(args, findings);
    if (arguments.version()) {
      return new Loaded.Exit(0, version + " " + machine.runtime() + "\n", "");
    }
    ConfigFile file =
        arguments
            .file()
            .filter(path -> !path.isEmpty())
            .map(path -> ConfigFile.read(path, environment, machine.fetch(), findings))
            .orElse(ConfigFile.NONE);
    if (arguments.help() && !findings.fatal()) {
      return new Loaded.Exit(0, "", Usage.text(program));
    }
    Environment variables = new Environment(environment);
    Values values = new Values(arguments, variables, file, findings);
    Optional<Settings> settings = new SettingsReader(values, variables, machine, findings).read();
    Warnings.add(values, variables, file, findings);
    return settings
        .filter(read -> !findings.fatal())
        .<Loaded>map(read -> new Loaded.Start(read, findings.warnings(), Dump.of(read)))
        .orElseGet(() -> refusal(program, version, findings, machine));
  }

  /** Usage errors are followed by the usage and decide the status; the rest are log lines. */
  private static Loaded.Exit refusal(
      String program, String version, Findings findings, Machine machine) {
    StringBuilder text = new StringBuilder();
    findings.usageErrors().forEach(error -> text.append(error).append('\n'));
    String stamp = LocalDateTime.now(machine.clock()).format(STAMP);
    findings
        .warnings()
        .forEach(warning -> text.append(stamp).append(" [WARN] ").append(warning).append('\n'));
    findings
        .faults()
        .forEach(
            fault ->
                text.append(stamp)
                    .append(" [FATAL] ")
                    .append(version)
                    .append(". ")
                    .append(fault)
                    .append('\n'));
    if (findings.usageErrors().isEmpty()) {
      return new Loaded.Exit(1, "", text.toString());
    }
    return new Loaded.Exit(2, "", text.append(Usage.text(program)).toString());
  }
}
