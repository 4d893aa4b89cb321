package io.tagway.metrics;

import java.io.IOException;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * StatsD over UDP, plain or with Datadog's tags: what counters grew by, gauges as they stand, and
 * each duration in milliseconds.
 */
final class StatsdOutput implements Output {
  private record Texts(String name, String tags) {}

  private final String name;
  private final Meters meters;
  private final Observations observations;
  private final LineForm form;
  private final Datagrams datagrams;
  private final Differences differences = new Differences();
  // Names are put together once for as long as their meter lives. Used by one thread.
  private final Map<Meter, Texts> texts = new WeakHashMap<>();
  private final StringBuilder line = new StringBuilder();

  StatsdOutput(
      String name, Meters meters, Observations observations, LineForm form, Datagrams datagrams) {
    this.name = name;
    this.meters = meters;
    this.observations = observations;
    this.form = form;
    this.datagrams = datagrams;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isUrgent() {
    return observations.isHalfFull();
  }

  @Override
  public long dropped() {
    return observations.ring().dropped();
  }

  @Override
  public void send() throws IOException {
    datagrams.open();
    observations.ring().drain(this::duration);
    meters.each(
        (family, seen) -> {
          for (Meter meter : seen) {
            if (meter instanceof Counter counter) {
              long grown = differences.since(counter);
              if (grown > 0) {
                value(counter, (double) grown, "c");
              }
            } else if (meter instanceof Gauge gauge) {
              value(gauge, gauge.value(), "g");
            }
          }
        });
    differences.endRound();
    datagrams.flush();
  }

  private void value(Meter meter, double value, String type) {
    Texts of = texts(meter);
    Numbers.fixed(begin(of), value).append('|').append(type).append(of.tags);
    datagrams.line(line);
  }

  private void duration(Observed observed) {
    Texts of = texts(observed.timer());
    Numbers.millis(begin(of), observed.nanos())
        .append('|')
        .append(form.timerType())
        .append(of.tags);
    datagrams.line(line);
  }

  private StringBuilder begin(Texts of) {
    line.setLength(0);
    return line.append(of.name).append(':');
  }

  private Texts texts(Meter meter) {
    return texts.computeIfAbsent(meter, one -> new Texts(form.name(one), form.tags(one)));
  }
}
