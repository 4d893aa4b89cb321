package io.tagway.proxy;

import io.tagway.metrics.Counter;
import io.tagway.metrics.Family;
import io.tagway.metrics.Meters;
import io.tagway.metrics.RouteMeters;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what went wrong: with a target for its service, with clients for all together. */
final class FailureMeters {
  private static final Family CLIENTS =
      Family.counter(
          "tagway.client.failures.total",
          "Requests that their clients gave up, by cause.",
          "cause");

  private final Map<Failure, Counter> clients = new EnumMap<>(Failure.class);

  FailureMeters(Meters meters) {
    for (Failure failure : Failure.values()) {
      if (failure.side() == Failure.Side.DOWNSTREAM) {
        String cause = failure.name().toLowerCase(Locale.ROOT);
        clients.put(failure, meters.counter(CLIENTS, cause));
      }
    }
  }

  void count(Failure failure, RouteMeters target) {
    Counter client = clients.get(failure);
    if (client != null) {
      client.increment();
    } else {
      target.upstream().failed(failure);
    }
  }

  /**
   * @param tries connections used or tried, the last one included; more than 1 after a retry
   */
  static void countTries(int tries, RouteMeters target) {
    if (tries > 1) {
      target.upstream().retried(tries - 1);
    }
  }
}
