package io.tagway.proxy.tcp;

import io.tagway.route.Target;

/** Is told what happens to connections, on the event loop of each. Must not block. */
public interface TcpObserver {
  /** How the target of a connection is found. */
  enum Kind {
    /** By port: listeners tcp and tcp-dynamic. */
    PORT,
    /** By TLS server name: listener tcp+sni, and what https+tcp+sni passes through. */
    SERVER_NAME
  }

  /** Nobody listens. */
  TcpObserver NONE =
      new TcpObserver() {
        @Override
        public void accepted(Kind kind) {}

        @Override
        public void noRoute(Kind kind) {}

        @Override
        public void failed(Kind kind) {}

        @Override
        public void sent(Target target, int bytes) {}

        @Override
        public void received(Target target, int bytes) {}
      };

  /** A connection was accepted; with https+tcp+sni, it will be passed through. */
  void accepted(Kind kind);

  /** It was closed, for there is no route. */
  void noRoute(Kind kind);

  /** It was closed, for no target could be reached, or it did not begin as it must. */
  void failed(Kind kind);

  /** Bytes of the client are on their way to a target. Called for each piece. */
  void sent(Target target, int bytes);

  /** Bytes of a target came in. Called for each piece. */
  void received(Target target, int bytes);

  /** A connection to a target stands. */
  default void opened(Target target) {}

  /** One that was {@link #opened} is closed. */
  default void closed(Target target) {}
}
