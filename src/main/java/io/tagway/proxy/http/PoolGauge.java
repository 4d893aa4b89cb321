package io.tagway.proxy.http;

import io.tagway.metrics.AddressMeters;
import io.tagway.metrics.RouteMeters;
import io.tagway.proxy.Resolved;
import io.tagway.route.Target;
import org.jspecify.annotations.Nullable;

/** Shows what a pool holds, as its part of all connections to an address. One event loop. */
final class PoolGauge {
  private final @Nullable AddressMeters address;
  private int open;
  private int waiting;

  /**
   * @param target one that the pool is for; without meters nothing is shown
   */
  PoolGauge(Target target) {
    address = Resolved.meters(target).map(RouteMeters::useAddress).orElse(null);
  }

  void show(int openNow, int waitingNow) {
    if (address != null && (openNow != open || waitingNow != waiting)) {
      address.change(openNow - open, waitingNow - waiting);
      open = openNow;
      waiting = waitingNow;
    }
  }

  /** The pool is gone. */
  void end() {
    if (address != null) {
      show(0, 0);
      address.release();
    }
  }
}
