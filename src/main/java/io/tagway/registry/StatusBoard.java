package io.tagway.registry;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

  private static final int MOST_FAULTS = 10;

  private final String backend;
  private final Clock clock;
  private final Runnable changed;
  private final Map<String, String> failing = new LinkedHashMap<>();
  private volatile RegistryStatus status;
  private volatile List<Fault> faults = List.of();

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
        remember(error);
        show(status.lastGood(), status.tableSince(), error);
      }
    };
  }

  /** A table was built just now. */
  void tableBuilt() {
    show(status.lastGood(), Optional.of(clock.instant()), status.lastError());
  }

  /** Those of late, newest first. */
  List<Fault> faults() {
    return faults;
  }

  /** One that comes again and again is one entry. */
  private void remember(String error) {
    int before =
        faults.stream().filter(one -> one.text().equals(error)).mapToInt(Fault::times).sum();
    faults =
        Stream.concat(
                Stream.of(new Fault(clock.instant(), before + 1, error)),
                faults.stream().filter(one -> !one.text().equals(error)))
            .limit(MOST_FAULTS)
            .toList();
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
