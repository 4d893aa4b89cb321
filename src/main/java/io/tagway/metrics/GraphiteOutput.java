package io.tagway.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Graphite's plain text over TCP: what counters grew by, gauges as they stand, and quantiles of the
 * durations since the last sending, in milliseconds.
 */
final class GraphiteOutput implements Output {
  private static final List<Integer> PERCENTS = List.of(50, 90, 95, 99);

  private final Meters meters;
  private final Names names;
  private final HostPort to;
  private final Duration limit;
  private final InstantSource clock;
  private final Differences differences = new Differences();
  private final Map<Timer, Timer.Reading> before = new HashMap<>();
  private byte[] unsent = new byte[0];

  GraphiteOutput(Meters meters, Names names, HostPort to, Duration limit, InstantSource clock) {
    this.meters = meters;
    this.names = names;
    this.to = to;
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "graphite";
  }

  @Override
  public void send() throws IOException {
    // What did not arrive is tried again as it was: its lines say when they were true.
    if (unsent.length == 0) {
      unsent = text().getBytes(StandardCharsets.UTF_8);
    }
    try (TimedSocket socket = TimedSocket.connect(to.resolve(), limit)) {
      socket.write(unsent);
    }
    unsent = new byte[0];
  }

  /** The lines of this moment. */
  String text() {
    StringBuilder out = new StringBuilder();
    String end = " " + clock.instant().getEpochSecond() + '\n';
    Set<Timer> met = new HashSet<>();
    meters.each(
        (family, seen) -> {
          for (Meter meter : seen) {
            String name = Unbroken.name(names.flat(meter));
            if (meter instanceof Timer timer) {
              met.add(timer);
              quantiles(out, name, timer, end);
            } else if (meter instanceof Counter counter) {
              Numbers.fixed(out.append(name).append(' '), (double) differences.since(counter))
                  .append(end);
            } else if (meter instanceof Gauge gauge) {
              Numbers.fixed(out.append(name).append(' '), gauge.value()).append(end);
            }
          }
        });
    differences.endRound();
    before.keySet().retainAll(met);
    return out.toString();
  }

  /** Nothing came: no line, and so a gap. Nothing ever came: -1, as with Fabio. */
  private void quantiles(StringBuilder out, String name, Timer timer, String end) {
    Timer.Reading now = timer.read();
    Timer.Reading earlier = before.put(timer, now);
    Timer.Reading fresh = earlier == null ? now : now.since(earlier);
    boolean never = now.count() == 0;
    if (fresh.count() == 0 && !never) {
      return;
    }
    for (int percent : PERCENTS) {
      out.append(name).append(".p").append(percent).append(' ');
      Numbers.fixed(out, never ? -1 : fresh.quantileNanos(percent / 100.0) / 1e6).append(end);
    }
  }
}
