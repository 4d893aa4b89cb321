package io.tagway.metrics;

import io.tagway.config.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of meters in the outputs, with the configured prefix. */
final class Names {
  private final String prefix;
  private final String dotted;
  private final String subsystem;
  private final NameParts routes;

  /**
   * @param hostname of this machine
   * @param program what <code>{{.Exec}}</code> stands for
   */
  Names(Settings.Metrics settings, String hostname, String program) {
    this.prefix =
        new NameParts(settings.prefix())
            .fill(field -> field.equals("Hostname") ? hostname : program);
    this.dotted = endsLikeAWord(prefix) ? prefix + '.' : prefix;
    this.subsystem = settings.prometheus().subsystem();
    this.routes = new NameParts(settings.names());
  }

  private static boolean endsLikeAWord(String text) {
    return !text.isEmpty() && Character.isLetterOrDigit(text.charAt(text.length() - 1));
  }

  /** {@code P.http.status}: for outputs that have labels. */
  String labelled(Family family) {
    return dotted + family.name();
  }

  /** {@code P.http.status.code.200.service.svc}: for outputs without labels. */
  String flat(Meter meter) {
    return dotted + flatRest(meter);
  }

  /** {@code P`http.status.code.200}. */
  String circonus(Meter meter) {
    return prefix + '`' + flatRest(meter);
  }

  private String flatRest(Meter meter) {
    StringBuilder out = new StringBuilder();
    String name = meter.family().name();
    List<String> values = meter.values();
    if (meter.family().isOfRoutes()) {
      out.append(
          routes.fill(
              field ->
                  switch (field) {
                    case "Service" -> values.get(0);
                    case "Host" -> values.get(1);
                    case "Path" -> values.get(2);
                    default -> authority(values.get(3));
                  }));
      return out.append(name, "route".length(), name.length()).toString();
    }
    out.append(name);
    for (int i = 0; i < values.size(); i++) {
      out.append('.').append(meter.family().labels().get(i)).append('.').append(values.get(i));
    }
    return out.toString();
  }

  /** {@code P.http.status.code.service}: what the console shows of labels without their values. */
  String labelNames(Family family) {
    String labels =
        family.labels().stream().map(label -> '.' + label).collect(Collectors.joining());
    return consolePrefix() + family.name() + labels;
  }

  /** {@code P.http.status}; the console had a dot there ever since. */
  String console(Family family) {
    return consolePrefix() + family.name();
  }

  private String consolePrefix() {
    return prefix + '.';
  }

  /** {@code p_subsystem_http_status}: letters, digits and lines only. */
  String prometheus(Family family) {
    String name =
        family.isFabios()
            ? Stream.of(prefix, subsystem, family.name())
                .filter(part -> !part.isEmpty())
                .map(NameParts::clean)
                .collect(Collectors.joining("_"))
            : family.name();
    StringBuilder out = new StringBuilder(name);
    for (int i = 0; i < out.length(); i++) {
      char letter = out.charAt(i);
      boolean fits =
          (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || (letter >= '0' && letter <= '9' && i > 0);
      out.setCharAt(i, fits ? letter : '_');
    }
    return out.toString();
  }

  private static String authority(String url) {
    try {
      String authority = new URI(url).getRawAuthority();
      return authority == null ? "" : authority;
    } catch (URISyntaxException notAUrl) {
      return "";
    }
  }
}
