package io.tagway.proxy;

import io.tagway.route.Target;

/** Is told what became of each request, once, on the event loop that served it. Must not block. */
@FunctionalInterface
public interface Observer {
  /** Nobody listens; requests are then not even timed. */
  Observer NONE = outcome -> {};

  void told(Outcome outcome);

  /**
   * A target has taken up another protocol, and a tunnel is open; when it ends, {@link
   * Outcome.Tunnelled} is told.
   *
   * @param protocol as the target names it, for example {@code websocket}
   */
  default void opened(Target target, String protocol) {}
}
