package io.tagway.metrics;

/** One duration, kept until it is sent. */
record Observed(Timer timer, long nanos) {}
