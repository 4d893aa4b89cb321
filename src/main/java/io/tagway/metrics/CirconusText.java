package io.tagway.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What an HTTPTrap of Circonus takes: {@code {"NAME":{"_type":"n","_value":1}}}. One thread. */
final class CirconusText {
  private final Meters meters;
  private final Names names;
  private final Map<Timer, Timer.Reading> before = new HashMap<>();

  CirconusText(Meters meters, Names names) {
    this.meters = meters;
    this.names = names;
  }

  String next() {
    StringBuilder out = new StringBuilder("{");
    Set<Timer> met = new HashSet<>();
    meters.each(
        (family, seen) -> {
          for (Meter meter : seen) {
            if (meter instanceof Timer timer) {
              met.add(timer);
              histogram(out, timer);
            } else if (meter instanceof Counter counter) {
              begin(out, counter, "L").append(counter.total()).append('}');
            } else if (meter instanceof Gauge gauge) {
              begin(out, gauge, "n").append(Numbers.shortest(gauge.value())).append('}');
            }
          }
        });
    before.keySet().retainAll(met);
    return out.append('}').toString();
  }

  private void histogram(StringBuilder out, Timer timer) {
    Timer.Reading now = timer.read();
    Timer.Reading earlier = before.put(timer, now);
    Timer.Reading fresh = earlier == null ? now : now.since(earlier);
    if (fresh.count() == 0) {
      return;
    }
    begin(out, timer, "n").append('[');
    String between = "";
    for (int i = 0; i < Scale.CLASSES; i++) {
      long count = fresh.inClass(i);
      if (count > 0) {
        out.append(between)
            .append(String.format(Locale.ROOT, "\"H[%.1e]=%d\"", (double) Scale.lowest(i), count));
        between = ",";
      }
    }
    out.append("]}");
  }

  private StringBuilder begin(StringBuilder out, Meter meter, String type) {
    out.append(out.length() > 1 ? "," : "").append('"');
    escape(out, names.circonus(meter));
    return out.append("\":{\"_type\":\"").append(type).append("\",\"_value\":");
  }

  private static void escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
      } else {
        out.append(letter == '"' || letter == '\\' ? "\\" : "").append(letter);
      }
    }
  }
}
