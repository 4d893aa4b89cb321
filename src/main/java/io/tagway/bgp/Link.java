package io.tagway.bgp;

import io.vertx.core.Future;
import java.net.InetAddress;

/** One TCP connection with a peer, as its session sees it. All on the speaker's thread. */
interface Link {
  /** This side's address. */
  InetAddress local();

  /** In order; what cannot be sent any more is dropped. */
  void send(BgpMessage message);

  /** Sends what is still to be sent, then closes. */
  void close();

  /** Completes when the connection is gone. */
  Future<Void> closed();
}
