package io.tagway.bgp;

import java.util.function.Consumer;

/** Opens connections to peers. */
interface Dialer {
  /**
   * Tries once. Exactly one of the two is told, later on the speaker's thread, unless cancelled.
   *
   * @param failed gets the cause for a log line
   */
  Attempt dial(Peer peer, Consumer<Wire> connected, Consumer<String> failed);

  /** A try under way. */
  interface Attempt {
    /** Gives up; a connection that comes nevertheless is closed. */
    void cancel();
  }

  /** A connection that nobody reads yet. */
  interface Wire extends Link {
    /** Hands what arrives to the session, and tells it when the connection is gone. */
    void attach(Session session);
  }
}
