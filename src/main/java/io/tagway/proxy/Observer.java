package io.tagway.proxy;

import io.tagway.route.Target;

/** Is told what became of each request, once, on the event loop that served it. Must not block. */
@FunctionalInterface
public interface Observer {
  /** Nobody listens; requests are then not even timed. */
  Observer NONE = outcome -> {};

  void told(Outcome outcome);

  /** The observer of one event loop, asked for on it: one that keeps state needs no lock then. */
  default Observer onLoop() {
    return this;
  }

  /**
   * A target has taken up another protocol, and a tunnel is open; when it ends, {@link
   * Outcome.Tunnelled} is told.
   *
   * @param protocol as the target names it, for example {@code websocket}
   */
  default void opened(Target target, String protocol) {}

  /** There is no route for a request, whatever it is answered. */
  default void noRoute() {}

  /**
   * A gRPC call has ended; its {@link Outcome} is told as well.
   *
   * @param target {@link Target#NONE} if there is no route
   * @param status the code that the caller was told
   * @param nanos how long it took
   */
  default void called(Target target, int status, long nanos) {}

  /** A client has connected. */
  default void connected() {}

  /** A client that had {@link #connected} is gone. */
  default void disconnected() {}

  /** Tells both, in this order. */
  static Observer all(Observer first, Observer second) {
    if (first == NONE || second == NONE) {
      return first == NONE ? second : first;
    }
    return new Observer() {
      @Override
      public void told(Outcome outcome) {
        first.told(outcome);
        second.told(outcome);
      }

      @Override
      public Observer onLoop() {
        return all(first.onLoop(), second.onLoop());
      }

      @Override
      public void opened(Target target, String protocol) {
        first.opened(target, protocol);
        second.opened(target, protocol);
      }

      @Override
      public void noRoute() {
        first.noRoute();
        second.noRoute();
      }

      @Override
      public void called(Target target, int status, long nanos) {
        first.called(target, status, nanos);
        second.called(target, status, nanos);
      }

      @Override
      public void connected() {
        first.connected();
        second.connected();
      }

      @Override
      public void disconnected() {
        first.disconnected();
        second.disconnected();
      }
    };
  }
}
