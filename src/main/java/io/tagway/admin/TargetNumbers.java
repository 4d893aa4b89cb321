package io.tagway.admin;

import io.tagway.metrics.TargetStats;
import io.tagway.route.Route;
import io.tagway.route.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the targets of a table are doing, as an event for pages. Only those that have traffic are
 * named, by their place in the table. Rates are means over the last ten seconds, so that a page
 * shows what happens now and a slow but steady target does not flicker.
 *
 * <p>Every look goes through all targets: not for an event loop. One thread at a time.
 */
final class TargetNumbers {
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final double NANOS_OF_MILLI = 1e6;

  /** What stays the same when a route is built again. */
  private record Key(String service, String host, String path, String destination) {}

  private record Counts(long requests, long errors) {
    static final Counts NONE = new Counts(0, 0);
  }

  private record Look(long nanos, Map<Key, Counts> counts) {}

  /**
   * What there is to tell.
   *
   * @param json the event's data
   * @param targets how many have traffic
   */
  record Told(String json, int targets) {}

  private final Function<Target, TargetStats> stats;
  private final Deque<Look> looks = new ArrayDeque<>();

  TargetNumbers(Function<Target, TargetStats> stats) {
    this.stats = stats;
  }

  /** Looks at all targets; the first look has no rates to tell. */
  Told look(LiveTable.Snapshot snapshot, long nanos) {
    while (looks.size() > 1 && nanos - looks.peekFirst().nanos() > WINDOW_NANOS) {
      looks.removeFirst();
    }
    Look before = looks.peekFirst();
    Look now = new Look(nanos, new HashMap<>());
    StringBuilder out = new StringBuilder();
    TableJson.text(out.append('{'), "version", snapshot.version());
    out.append(",\"targets\":[");
    int place = 0;
    int told = 0;
    for (Route route : snapshot.table().routes()) {
      for (Target target : route.targets()) {
        TargetStats known = stats.apply(target);
        if (!known.isSilent() && tell(out, told > 0, place, target, known, before, now)) {
          told++;
        }
        place++;
      }
    }
    looks.addLast(now);
    return new Told(out.append("]}").toString(), told);
  }

  /** Appends {@code [PLACE,REQUESTS/S,ERRORS/S,P50 MS,P99 MS,OPEN,[STATUS,...]]}. */
  private static boolean tell(
      StringBuilder out,
      boolean comma,
      int place,
      Target target,
      TargetStats known,
      @Nullable Look before,
      Look now) {
    Key key =
        new Key(
            target.service(), target.route().host(), target.route().path(), target.destination());
    now.counts().put(key, new Counts(known.requests(), known.errors()));
    double requests = 0;
    double errors = 0;
    if (before != null) {
      // Who was silent then is not in it, and had no counts.
      Counts then = before.counts().getOrDefault(key, Counts.NONE);
      double seconds = (now.nanos() - before.nanos()) / 1e9;
      requests = Math.max(0, known.requests() - then.requests()) / seconds;
      errors = Math.max(0, known.errors() - then.errors()) / seconds;
    }
    if (requests == 0
        && errors == 0
        && known.p99Nanos() == 0
        && known.openConnections() == 0
        && known.statuses().isEmpty()) {
      return false;
    }
    out.append(comma ? ",[" : "[").append(place);
    number(out, requests);
    number(out, errors);
    number(out, known.p50Nanos() / NANOS_OF_MILLI);
    number(out, known.p99Nanos() / NANOS_OF_MILLI);
    out.append(',').append(known.openConnections()).append(',');
    TableJson.list(out, known.statuses(), StringBuilder::append);
    out.append(']');
    return true;
  }

  /** With two decimals at most; there are fifty thousand of them in the largest tables. */
  private static void number(StringBuilder out, double value) {
    long hundredths = Math.round(value * 100);
    out.append(',').append(hundredths / 100);
    if (hundredths % 100 != 0) {
      out.append('.').append(hundredths / 10 % 10).append(hundredths % 10);
    }
  }
}
