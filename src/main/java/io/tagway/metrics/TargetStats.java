package io.tagway.metrics;

/**
 * How a target is doing. Rates are means over about the last minute, quantiles those of the last
 * half to whole minute.
 *
 * @param requests forwarded since it was there
 * @param requestsPerSecond requests, calls
 * @param errorsPerSecond those that failed, and answers from 500 on
 * @param p50Nanos half of the requests took no longer; 0 if there were none
 * @param p99Nanos 99 of 100 took no longer; 0 if there were none
 * @param openConnections to the address of the target, shared by all that have it
 */
public record TargetStats(
    long requests,
    double requestsPerSecond,
    double errorsPerSecond,
    double p50Nanos,
    double p99Nanos,
    long openConnections) {
  /** Of a target that nobody measures. */
  public static final TargetStats NOTHING = new TargetStats(0, 0, 0, 0, 0, 0);
}
