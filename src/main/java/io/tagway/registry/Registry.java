package io.tagway.registry;

import io.tagway.route.Problem;
import io.tagway.route.Table;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** A source of routes that runs: keeps the table in step with the registry until closed. */
public interface Registry {
  /**
   * Starts; completes with the first table, fails with a {@link StartFailure} when registry.timeout
   * is over without contact.
   */
  Future<Void> start();

  Future<Void> close();

  /** The table in use; one volatile read, any thread. */
  Supplier<Table> table();

  /** The HTML for requests without a route, empty if none; one volatile read, any thread. */
  Supplier<String> noRouteHtml();

  RegistryStatus status();

  /** Everything wrong with the input of the table in use, until it is mended. */
  List<Problem> problems();

  /** Routes that instances ask for that are not well, by service; any thread. */
  default List<Absent> absent() {
    return List.of();
  }

  /** What went wrong lately with reading the registry, newest first, ten at most; any thread. */
  default List<Fault> faults() {
    return List.of();
  }

  Overrides overrides();

  /** Announces this router; does nothing where the registry takes no announcements. */
  Registration registration();

  /** How often it was asked; any thread. */
  default RegistryTraffic traffic() {
    return RegistryTraffic.NONE;
  }

  /**
   * Called after each swap with the old and the new table, on the registry's thread and before it
   * builds another: what was made for targets when the table was built may be kept or let go there.
   * An observer must not wait.
   */
  void onSwap(BiConsumer<Table, Table> observer);

  /** Called whenever status() changes its state, on one event loop. */
  void onStatus(Runnable observer);
}
