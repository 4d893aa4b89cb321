package io.tagway.metrics;

/** How a StatsD line names a meter. */
interface LineForm {
  /** What stands before the colon. */
  String name(Meter meter);

  /** What stands behind the type: tags, if any. */
  String tags(Meter meter);

  /** The type of durations. */
  String timerType();

  /** Labels are parts of the name. */
  static LineForm flat(Names names) {
    return new LineForm() {
      @Override
      public String name(Meter meter) {
        return Unbroken.name(names.flat(meter));
      }

      @Override
      public String tags(Meter meter) {
        return "";
      }

      @Override
      public String timerType() {
        return "ms";
      }
    };
  }

  /** Labels are Datadog's tags. */
  static LineForm tagged(Names names) {
    return new LineForm() {
      @Override
      public String name(Meter meter) {
        return Unbroken.name(names.labelled(meter.family()));
      }

      @Override
      public String tags(Meter meter) {
        return DatadogTags.of(meter);
      }

      @Override
      public String timerType() {
        return "h";
      }
    };
  }
}
