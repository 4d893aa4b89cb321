package io.tagway.registry;

import io.vertx.core.Future;
import java.time.Duration;

/** The presence of this router in its registry. Called on any thread. */
public interface Registration {
  /**
   * Announces this router, and the names that routes ask for with {@code register=}; keeps them
   * announced. Call it when the first table is there and every port is open.
   *
   * <p>Completes when the first announcement was tried. A registry that cannot be reached is tried
   * again and fails nothing.
   *
   * @param uiPort the port that the admin server got, for a configured port of 0
   */
  Future<Void> start(int uiPort);

  /** Withdraws everything that was announced; completes when done or when the limit is over. */
  Future<Void> stop(Duration limit);

  /** For registries that take no announcements. */
  static Registration none() {
    return new Registration() {
      @Override
      public Future<Void> start(int uiPort) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> stop(Duration limit) {
        return Future.succeededFuture();
      }
    };
  }
}
