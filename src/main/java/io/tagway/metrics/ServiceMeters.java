package io.tagway.metrics;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is measured for each service: its requests, by status as well. For any thread. */
public final class ServiceMeters {
  private static final int LOWEST = 100;
  private static final int HIGHEST = 999;

  /** Those that were answered so far, ascending, and their timers; never changed, but replaced. */
  private static final class Statuses {
    static final Statuses NONE = new Statuses(new int[0], new Timer[0]);

    private final int[] codes;
    private final Timer[] timers;

    private Statuses(int[] codes, Timer[] timers) {
      this.codes = codes;
      this.timers = timers;
    }

    @Nullable Timer of(int status) {
      int at = Arrays.binarySearch(codes, status);
      return at < 0 ? null : timers[at];
    }

    Statuses with(int status, Timer timer) {
      int at = -1 - Arrays.binarySearch(codes, status);
      int[] more = Arrays.copyOf(codes, codes.length + 1);
      Timer[] timed = Arrays.copyOf(timers, timers.length + 1);
      System.arraycopy(codes, at, more, at + 1, codes.length - at);
      System.arraycopy(timers, at, timed, at + 1, timers.length - at);
      more[at] = status;
      timed[at] = timer;
      return new Statuses(more, timed);
    }
  }

  private final Meters meters;
  private final String service;

  /** Records what was sent no status; the rest is read from the timers of the statuses. */
  private final Timer requests;

  private volatile Statuses statuses = Statuses.NONE;
  private volatile boolean gone;

  ServiceMeters(Meters meters, String service) {
    this.meters = meters;
    this.service = service;
    this.requests = meters.hiddenTotal(Families.REQUESTS, () -> List.of(statuses.timers), service);
  }

  /**
   * A request was answered.
   *
   * @param status 100 to 999; 0 if the client was not sent any
   */
  void answered(int status, long nanos) {
    if (status < LOWEST || status > HIGHEST) {
      requests.record(nanos);
      return;
    }
    requests.tell(nanos);
    Timer known = statuses.of(status);
    (known != null ? known : make(status)).record(nanos);
  }

  /** Once for each status that the service ever answers with. */
  private synchronized Timer make(int status) {
    Timer known = statuses.of(status);
    if (known != null) {
      return known;
    }
    Timer timer = meters.hiddenTimer(Families.HTTP_STATUS, Integer.toString(status), service);
    statuses = statuses.with(status, timer);
    if (!gone) {
      meters.show(timer);
    }
    return timer;
  }

  synchronized void show() {
    gone = false;
    meters.show(requests);
    Arrays.stream(statuses.timers).forEach(meters::show);
  }

  /** A request that still runs may go on counting; nobody sees it. */
  synchronized void hide() {
    gone = true;
    meters.hide(requests);
    Arrays.stream(statuses.timers).forEach(meters::hide);
  }
}
