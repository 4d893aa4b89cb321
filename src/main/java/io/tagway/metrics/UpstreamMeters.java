package io.tagway.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong with a service, by cause. Causes are constants of an enum: they are few. */
public final class UpstreamMeters {
  static final Family FAILURES =
      Family.counter(
          "tagway.upstream.failures.total",
          "Requests and connections that failed after a target was chosen, by cause.",
          "service",
          "cause");
  static final Family RETRIES =
      Family.counter(
          "tagway.upstream.retries.total",
          "Connections used or tried beyond the first of each request.",
          "service");

  private final Meters meters;
  private final String service;
  private final Counter retries;
  private final Map<Enum<?>, Counter> failures = new ConcurrentHashMap<>();
  private boolean shown;

  UpstreamMeters(Meters meters, String service) {
    this.meters = meters;
    this.service = service;
    this.retries = meters.hiddenCounter(RETRIES, service);
  }

  public void failed(Enum<?> cause) {
    Counter known = failures.get(cause);
    (known != null ? known : make(cause)).increment();
  }

  public void retried(int times) {
    retries.add(times);
  }

  private synchronized Counter make(Enum<?> cause) {
    return failures.computeIfAbsent(
        cause,
        first -> {
          String word = cause.name().toLowerCase(Locale.ROOT);
          Counter counter = meters.hiddenCounter(FAILURES, service, word);
          if (shown) {
            meters.show(counter);
          }
          return counter;
        });
  }

  synchronized void show() {
    shown = true;
    meters.show(retries);
    failures.values().forEach(meters::show);
  }

  synchronized void hide() {
    shown = false;
    meters.hide(retries);
    failures.values().forEach(meters::hide);
  }
}
