package io.tagway.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * All meters of the process, by name and labels. Look them up when something is built, not when
 * something happens. For any thread.
 */
public final class Meters {
  /** A value that is known only when it is asked for. */
  public record Sample(double value, List<String> values) {
    public Sample {
      values = List.copyOf(values);
    }

    public static Sample of(double value, String... values) {
      return new Sample(value, List.of(values));
    }
  }

  private static final Comparator<Meter> BY_LABELS =
      Comparator.comparing(meter -> String.join("\0", meter.values()));

  private record Series(
      Family family, Map<List<String>, Meter> meters, List<Supplier<List<Sample>>> collected) {
    Series(Family family) {
      this(family, new ConcurrentHashMap<>(), new java.util.concurrent.CopyOnWriteArrayList<>());
    }
  }

  private final Map<String, Series> series = new ConcurrentSkipListMap<>();
  private final Bounds bounds;
  private final boolean quantiles;
  private final Events events;

  /**
   * @param quantiles whether some output reads them from timers of any kind
   */
  Meters(Bounds bounds, boolean quantiles, Events events) {
    this.bounds = bounds;
    this.quantiles = quantiles;
    this.events = events;
  }

  /** Meters that can be read, but of which no output is told. */
  public static Meters silent() {
    return new Meters(Bounds.NONE, false, Events.NONE);
  }

  /** The counter with these labels, made if need be. */
  public Counter counter(Family family, String... values) {
    List<String> key = List.of(values);
    return (Counter) of(family).computeIfAbsent(key, x -> new Counter(family, key, events));
  }

  /** The gauge with these labels, made if need be; it stands at 0 until it is told. */
  public Gauge gauge(Family family, String... values) {
    List<String> key = List.of(values);
    return (Gauge) of(family).computeIfAbsent(key, x -> new Gauge(family, key, events));
  }

  /** A gauge that is read when it is asked for; replaces one with the same labels. */
  public Gauge gauge(Family family, DoubleSupplier reading, String... values) {
    Gauge gauge = new Gauge(family, List.of(values), reading);
    of(family).put(gauge.values(), gauge);
    return gauge;
  }

  /** The timer with these labels, made if need be. */
  public Timer timer(Family family, String... values) {
    List<String> key = List.of(values);
    return (Timer)
        of(family).computeIfAbsent(key, x -> new Timer(family, key, bounds, quantiles, events));
  }

  /**
   * Values whose labels come and go, read when they are asked for, on the thread of an output.
   *
   * @param family counter or gauge
   */
  public void collect(Family family, Supplier<List<Sample>> samples) {
    series.computeIfAbsent(family.name(), name -> new Series(family)).collected().add(samples);
  }

  /** A timer that shows only once it is {@link #show shown}. */
  Timer hiddenTimer(Family family, String... values) {
    return new Timer(family, List.of(values), bounds, quantiles, events);
  }

  /** The same, and quantiles can be read from it whatever the outputs want. */
  Timer hiddenTimerWithQuantiles(Family family, String... values) {
    return new Timer(family, List.of(values), bounds, true, events);
  }

  /** A hidden timer that stands for others as well, which are hidden timers too. */
  Timer hiddenTotal(Family family, Supplier<List<Timer>> parts, String... values) {
    return new TotalTimer(family, List.of(values), bounds, quantiles, events, parts);
  }

  /** A counter that shows only once it is {@link #show shown}. */
  Counter hiddenCounter(Family family, String... values) {
    return new Counter(family, List.of(values), events);
  }

  void show(Meter meter) {
    of(meter.family()).put(meter.values(), meter);
  }

  /** Takes a meter away, unless another one took its place. Who still has it may go on using it. */
  void hide(Meter meter) {
    of(meter.family()).remove(meter.values(), meter);
  }

  /** Each family that has something to show, by name, with its meters, by labels. */
  void each(BiConsumer<Family, List<Meter>> reader) {
    for (Series one : series.values()) {
      List<Meter> seen = new ArrayList<>();
      for (Meter meter : one.meters().values()) {
        if (meter.isSeen()) {
          seen.add(meter);
        }
      }
      for (Supplier<List<Sample>> source : one.collected()) {
        for (Sample sample : source.get()) {
          seen.add(new Gauge(one.family(), sample.values(), sample::value));
        }
      }
      if (!seen.isEmpty()) {
        seen.sort(BY_LABELS);
        reader.accept(one.family(), seen);
      }
    }
  }

  /** How many meters there are, seen or not. */
  int size() {
    return series.values().stream().mapToInt(one -> one.meters().size()).sum();
  }

  private Map<List<String>, Meter> of(Family family) {
    return series.computeIfAbsent(family.name(), name -> new Series(family)).meters();
  }
}
