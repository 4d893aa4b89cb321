package io.tagway.route;

import java.util.List;

/**
 * A target to be: what the commands for a route have come to so far.
 *
 * @param ready the command that added it
 * @param origin where that command came from
 * @param weight the weight now asked for; 0 or less for a dynamic share
 */
record Slot(Claim.Ready ready, Origin origin, double weight) {
  /** That of {@link Target#NONE}. */
  static final Slot NONE = new Slot(Claim.Ready.NONE, new Origin(Origin.Kind.STATIC, "", "", 0), 0);

  Endpoint endpoint() {
    return ready.endpoint();
  }

  Slot weighing(double other) {
    return new Slot(ready, origin, other);
  }

  /** Whether the target has this service (empty = any) and all of these tags. */
  boolean isOf(String service, List<String> tags) {
    return (service.isEmpty() || service.equals(endpoint().service()))
        && endpoint().tags().containsAll(tags);
  }
}
