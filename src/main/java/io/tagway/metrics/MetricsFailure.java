package io.tagway.metrics;

/** Metrics cannot be sent as configured; the message is fit for the log. */
public final class MetricsFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MetricsFailure(String message) {
    super(message);
  }
}
