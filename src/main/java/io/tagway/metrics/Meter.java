package io.tagway.metrics;

import java.util.List;

/** Something that is measured. Any thread may change it; nothing is locked, nothing waits. */
public abstract sealed class Meter permits Counter, Gauge, Timer {
  private final Family family;
  private final List<String> values;

  Meter(Family family, List<String> values) {
    if (family.labels().size() != values.size()) {
      throw new IllegalArgumentException(family.name() + " has labels " + family.labels());
    }
    this.family = family;
    this.values = List.copyOf(values);
  }

  public Family family() {
    return family;
  }

  /** The values of the labels, in the order of the family. */
  public List<String> values() {
    return values;
  }

  /** Whether there is anything to show: what has labels shows up with its first event. */
  abstract boolean isSeen();
}
