package io.tagway.metrics;

/**
 * Outputs that need each single event. Told on the thread where it happens, so what they do must
 * cost little.
 */
interface Events {
  /** Nobody needs them. */
  Events NONE =
      new Events() {
        @Override
        public void counted(Counter counter) {}

        @Override
        public void changed(Gauge gauge) {}

        @Override
        public void timed(Timer timer, long nanos) {}
      };

  void counted(Counter counter);

  void changed(Gauge gauge);

  void timed(Timer timer, long nanos);

  /** Tells both. */
  static Events both(Events one, Events other) {
    if (one == NONE || other == NONE) {
      return one == NONE ? other : one;
    }
    return new Events() {
      @Override
      public void counted(Counter counter) {
        one.counted(counter);
        other.counted(counter);
      }

      @Override
      public void changed(Gauge gauge) {
        one.changed(gauge);
        other.changed(gauge);
      }

      @Override
      public void timed(Timer timer, long nanos) {
        one.timed(timer, nanos);
        other.timed(timer, nanos);
      }
    };
  }
}
