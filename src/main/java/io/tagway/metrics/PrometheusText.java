package io.tagway.metrics;

import java.util.List;

/**
 * The page that Prometheus reads, in its text format 0.0.4. Fabio's meters have Fabio's names,
 * which carry neither {@code _total} nor a unit.
 */
final class PrometheusText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Names names;
  private final Bounds bounds;
  private final boolean withFabios;

  /**
   * @param withFabios whether the target prometheus was asked for; a page without it shows what the
   *     process itself is doing only
   */
  PrometheusText(Names names, Bounds bounds, boolean withFabios) {
    this.names = names;
    this.bounds = bounds;
    this.withFabios = withFabios;
  }

  String page(Meters meters) {
    StringBuilder out = new StringBuilder(1 << 14);
    meters.each(
        (family, seen) -> {
          if (withFabios || !family.isFabios()) {
            family(out, family, seen);
          }
        });
    return out.toString();
  }

  private void family(StringBuilder out, Family family, List<Meter> meters) {
    String name = names.prometheus(family);
    out.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type(family)).append('\n');
    for (Meter meter : meters) {
      String labels = labels(meter);
      if (meter instanceof Timer timer) {
        histogram(out, name, labels, timer.read());
      } else if (meter instanceof Counter counter) {
        line(out, name, "", labels).append(counter.total()).append('\n');
      } else if (meter instanceof Gauge gauge) {
        line(out, name, "", labels).append(Numbers.shortest(gauge.value())).append('\n');
      }
    }
  }

  private static String type(Family family) {
    return switch (family.kind()) {
      case COUNTER -> "counter";
      case GAUGE -> "gauge";
      case TIMER -> "histogram";
    };
  }

  private void histogram(StringBuilder out, String name, String labels, Timer.Reading read) {
    String before = labels.isEmpty() ? "" : labels + ',';
    long all = read.count();
    long below = 0;
    for (int i = 0; i < bounds.count(); i++) {
      below += read.inBucket(i);
      String bound = before + "le=\"" + bounds.texts().get(i) + '"';
      // Read while it changes: a bucket may have been counted before its class was.
      line(out, name, "_bucket", bound).append(Math.min(below, all)).append('\n');
    }
    line(out, name, "_bucket", before + "le=\"+Inf\"").append(all).append('\n');
    line(out, name, "_sum", labels).append(read.sumNanos() / 1e9).append('\n');
    line(out, name, "_count", labels).append(all).append('\n');
  }

  private static StringBuilder line(StringBuilder out, String name, String end, String labels) {
    out.append(name).append(end);
    return labels.isEmpty() ? out.append(' ') : out.append('{').append(labels).append("} ");
  }

  private static String labels(Meter meter) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < meter.values().size(); i++) {
      out.append(i == 0 ? "" : ",").append(meter.family().labels().get(i)).append("=\"");
      escape(out, meter.values().get(i));
      out.append('"');
    }
    return out.toString();
  }

  private static void escape(StringBuilder out, String value) {
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      switch (letter) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> out.append(letter);
      }
    }
  }
}
