package io.tagway.metrics;

import java.util.Set;

/** Labels as {@code |#key:value,key:value}. */
final class DatadogTags {
  /** Keys that Datadog gives a meaning of its own. */
  private static final Set<String> RESERVED =
      Set.of("host", "device", "source", "service", "env", "version");

  private DatadogTags() {}

  static String of(Meter meter) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < meter.values().size(); i++) {
      String key = meter.family().labels().get(i);
      out.append(i == 0 ? "|#" : ",")
          .append(RESERVED.contains(key) ? "fabio-" : "")
          .append(key)
          .append(':')
          .append(Unbroken.tag(meter.values().get(i)));
    }
    return out.toString();
  }
}
