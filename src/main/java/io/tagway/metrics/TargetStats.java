package io.tagway.metrics;

import java.util.List;

/**
 * How a target is doing. Rates are means over about the last minute, quantiles and statuses those
 * of the last half to whole minute.
 *
 * @param requests forwarded since it was there
 * @param errors those that failed, and answers from 500 on
 * @param requestsPerSecond requests, calls
 * @param errorsPerSecond errors
 * @param p50Nanos half of the requests took no longer; 0 if there were none
 * @param p99Nanos 99 of 100 took no longer; 0 if there were none
 * @param openConnections to the address of the target, shared by all that have it
 * @param statuses with which HTTP requests were answered, ascending, 32 at most
 */
public record TargetStats(
    long requests,
    long errors,
    double requestsPerSecond,
    double errorsPerSecond,
    double p50Nanos,
    double p99Nanos,
    long openConnections,
    List<Integer> statuses) {
  /** Of a target that nobody measures. */
  public static final TargetStats NOTHING = new TargetStats(0, 0, 0, 0, 0, 0, 0, List.of());

  public TargetStats {
    statuses = List.copyOf(statuses);
  }

  /** Whether there is anything to tell. */
  public boolean isSilent() {
    return requests == 0 && errors == 0 && openConnections == 0;
  }
}
