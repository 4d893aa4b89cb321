package io.tagway.bgp;

/** How far a peer is: the states of RFC 4271, section 8.2.2, in order. */
public enum PeerState {
  /** Stopped, or not started. */
  IDLE("Idle"),
  /** Connecting. */
  CONNECT("Connect"),
  /** Waiting for the next try, or for the peer to connect. */
  ACTIVE("Active"),
  OPEN_SENT("OpenSent"),
  OPEN_CONFIRM("OpenConfirm"),
  ESTABLISHED("Established");

  private final String word;

  PeerState(String word) {
    this.word = word;
  }

  /** As RFC 4271 writes it. */
  public String word() {
    return word;
  }
}
