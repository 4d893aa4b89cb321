package io.tagway.registry;

import io.tagway.consul.Timers;
import io.tagway.route.Parsed;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets services keep their routes for a while after Consul was away.
 *
 * <p>A Consul that comes back may know less than is true: agents announce their services to a new
 * server within seconds, and checks are critical until they have run once. So a service that would
 * lose its last route in that time keeps what it has; when the time is over, what Consul says
 * counts.
 */
final class Holdover {
  private final Duration grace;
  private final Timers timers;
  private final StatusBoard.Part part;
  private final Consumer<Map<String, Parsed>> out;
  private final Set<String> routed = new HashSet<>();
  private final Set<String> away = new HashSet<>();
  private final Map<String, Parsed> held = new HashMap<>();
  private Timers.@Nullable Pending end;

  /**
   * @param grace how long after an outage
   * @param part shows while something is held
   * @param out takes what is not held, and the rest when the time is over
   */
  Holdover(
      Duration grace, Timers timers, StatusBoard.Part part, Consumer<Map<String, Parsed>> out) {
    this.grace = grace;
    this.timers = timers;
    this.part = part;
    this.out = out;
  }

  /** One of the questions to Consul has no answer. */
  void away(String question) {
    away.add(question);
    cancelEnd();
  }

  /** One of the questions is answered again; with the last of them the time starts. */
  void back(String question) {
    boolean wasAway = away.remove(question);
    if (away.isEmpty() && (wasAway || !routed.isEmpty())) {
      cancelEnd();
      end = timers.after(grace, this::release);
    }
  }

  void close() {
    cancelEnd();
  }

  private void cancelEnd() {
    if (end != null) {
      end.cancel();
      end = null;
    }
  }

  /** Takes the commands of services that differ. */
  void services(Map<String, Parsed> changed) {
    Map<String, Parsed> passed = new HashMap<>();
    changed.forEach(
        (name, parsed) -> {
          if ((end != null || !away.isEmpty())
              && parsed.lines().isEmpty()
              && routed.contains(name)) {
            held.put(name, parsed);
          } else {
            held.remove(name);
            passed.put(name, parsed);
          }
        });
    show();
    pass(passed);
  }

  private void release() {
    end = null;
    Map<String, Parsed> rest = Map.copyOf(held);
    held.clear();
    show();
    if (!rest.isEmpty()) {
      pass(rest);
    }
  }

  private void pass(Map<String, Parsed> changed) {
    changed.forEach(
        (name, parsed) -> {
          if (parsed.lines().isEmpty()) {
            routed.remove(name);
          } else {
            routed.add(name);
          }
        });
    out.accept(changed);
  }

  private void show() {
    if (held.isEmpty()) {
      part.good();
    } else {
      part.failed(
          "consul: was away; "
              + held.size()
              + (held.size() == 1 ? " service is" : " services are")
              + " not healthy again yet; routes are kept for up to "
              + grace.toSeconds()
              + "s");
    }
  }
}
