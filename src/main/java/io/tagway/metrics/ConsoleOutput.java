package io.tagway.metrics;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A line on the console for each event: with the names of labels (stdout, flat), or with their
 * values (label).
 */
final class ConsoleOutput implements Output, Events {
  /** A line is written no later than this, and mostly much sooner. */
  static final Duration LATEST = Duration.ofSeconds(1);

  private static final int SIZE = 1 << 14;

  /** What happened, put into words later and elsewhere. */
  private record Event(Meter meter, long value) {}

  private final String name;
  private final Names names;
  private final boolean withValues;
  private final Consumer<String> console;
  private final Ring<Event> ring = new Ring<>(SIZE);

  /**
   * @param withValues whether it is the target label
   * @param console takes lines, each with its newline; called on a thread of the metrics
   */
  ConsoleOutput(String name, Names names, boolean withValues, Consumer<String> console) {
    this.name = name;
    this.names = names;
    this.withValues = withValues;
    this.console = console;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void counted(Counter counter) {
    add(counter, counter.total());
  }

  @Override
  public void changed(Gauge gauge) {
    add(gauge, Math.round(gauge.value()));
  }

  @Override
  public void timed(Timer timer, long nanos) {
    add(timer, nanos);
  }

  private void add(Meter meter, long value) {
    if (meter.family().isFabios()) {
      ring.add(new Event(meter, value));
    }
  }

  @Override
  public boolean isUrgent() {
    return ring.size() > 0;
  }

  @Override
  public long dropped() {
    return ring.dropped();
  }

  @Override
  public void send() {
    StringBuilder out = new StringBuilder();
    ring.drain(event -> line(out, event));
    if (!out.isEmpty()) {
      console.accept(out.toString());
    }
  }

  private void line(StringBuilder out, Event event) {
    Family family = event.meter.family();
    out.append(withValues ? names.console(family) : names.labelNames(family)).append(':');
    switch (family.kind()) {
      case COUNTER -> out.append(event.value).append("|c");
      case GAUGE -> out.append(event.value).append("|g");
      case TIMER -> out.append(Math.round(event.value / 1e6)).append("|ms");
    }
    for (int i = 0; withValues && i < family.labels().size(); i++) {
      out.append(i == 0 ? "|#" : ",")
          .append(family.labels().get(i))
          .append(':')
          .append(Unbroken.tag(event.meter.values().get(i)));
    }
    out.append('\n');
  }
}
