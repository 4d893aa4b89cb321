package io.tagway.registry;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers how the parts of a source fare into one {@link RegistryStatus}. Written on the registry's
 * thread, read on any.
 */
final class StatusBoard {
  /** One thing that can be read or not, such as a query. */
  interface Part {
    /** A complete answer came. */
    void good();

    /** No answer came; what is known stays in use. */
    void failed(String error);
  }

  private final String backend;
  private final Clock clock;
  private final Runnable changed;
  private final Map<String, String> failing = new LinkedHashMap<>();
  private volatile RegistryStatus status;

  /**
   * @param changed told when the state changes
   */
  StatusBoard(String backend, Clock clock, Runnable changed) {
    this.backend = backend;
    this.clock = clock;
    this.changed = changed;
    this.status =
        new RegistryStatus(
            backend, RegistryStatus.State.CONNECTING, Optional.empty(), Optional.empty(), "");
  }

  RegistryStatus status() {
    return status;
  }

  Part part(String name) {
    return new Part() {
      @Override
      public void good() {
        failing.remove(name);
        if (failing.isEmpty()) {
          show(Optional.of(clock.instant()), status.tableSince(), "");
        } else {
          show(status.lastGood(), status.tableSince(), status.lastError());
        }
      }

      @Override
      public void failed(String error) {
        failing.put(name, error);
        show(status.lastGood(), status.tableSince(), error);
      }
    };
  }

  /** A table was built just now. */
  void tableBuilt() {
    show(status.lastGood(), Optional.of(clock.instant()), status.lastError());
  }

  private void show(Optional<Instant> lastGood, Optional<Instant> tableSince, String error) {
    RegistryStatus.State state =
        tableSince.isEmpty()
            ? RegistryStatus.State.CONNECTING
            : failing.isEmpty() ? RegistryStatus.State.CURRENT : RegistryStatus.State.STALE;
    RegistryStatus before = status;
    status = new RegistryStatus(backend, state, lastGood, tableSince, error);
    if (before.state() != state) {
      changed.run();
    }
  }
}
