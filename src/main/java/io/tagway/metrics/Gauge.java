package io.tagway.metrics;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * A value that goes up and down: either told here, or read where it stands when it is asked for.
 */
public final class Gauge extends Meter {
  private final LongAdder told = new LongAdder();
  private final DoubleSupplier reading;
  private final Events events;

  /** A gauge that is told. */
  Gauge(Family family, List<String> values, Events events) {
    super(family, values);
    this.reading = told::doubleValue;
    this.events = events;
  }

  /** A gauge that is read. */
  Gauge(Family family, List<String> values, DoubleSupplier reading) {
    super(family, values);
    this.reading = reading;
    this.events = Events.NONE;
  }

  public void increment() {
    add(1);
  }

  public void decrement() {
    add(-1);
  }

  public void add(long difference) {
    told.add(difference);
    events.changed(this);
  }

  /** Not a number if there is nothing to read now. */
  public double value() {
    return reading.getAsDouble();
  }

  @Override
  boolean isSeen() {
    return !Double.isNaN(value());
  }
}
