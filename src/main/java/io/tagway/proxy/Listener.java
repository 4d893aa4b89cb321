package io.tagway.proxy;

import io.vertx.core.Future;
import java.time.Duration;

/** Something that accepts connections on one address. Safe to call from any thread. */
public interface Listener {
  /**
   * Binds and starts to accept. Fails with a {@link ListenFailure} whose text is fit for the log,
   * for example {@code listen: :9999: address already in use}.
   */
  Future<Void> open();

  /**
   * Leaves new connections to another process that listens on the same address, if there is one;
   * see {@link Door#giveWay}. Without one nothing changes. Waits for the kernel, so call it where
   * that is allowed.
   */
  default void giveWay() {}

  /**
   * Takes the connections that wait to be accepted, stops accepting, and lets what is running
   * finish, at most for the given time; then closes what is left. Zero closes everything now.
   * Completes when no connection is left.
   */
  Future<Void> drain(Duration limit);

  /**
   * The port really bound, also when any free one was asked for; 0 before {@link #open()} is done.
   */
  int port();
}
