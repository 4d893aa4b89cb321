package io.tagway.proxy;

/**
 * What can go wrong once a target was chosen. The one table from a failure to whose fault it is and
 * to the status a client sees.
 */
public enum Failure {
  /** Nothing listens there, no way to the host, the name is unknown. Nothing was sent. */
  DIAL_FAILED(Side.UPSTREAM, 502, "cannot connect"),
  /** No connection within the dial limit. Nothing was sent. */
  DIAL_TIMEOUT(Side.UPSTREAM, 504, "no connection in time"),
  /** The TLS handshake failed. Nothing was sent. */
  TLS_FAILED(Side.UPSTREAM, 502, "TLS handshake failed"),
  /** All connections to the target are busy and the waiting line is full or too slow. */
  BUSY(Side.OURS, 503, "all connections to the target are busy"),
  /** There is no room for what the target sends: too many clients take their answers too slowly. */
  MEMORY(Side.OURS, 503, "no memory left for answers"),
  /** The target's scheme is not one this listener can forward to. */
  SCHEME(Side.OURS, 502, "unsupported target scheme"),
  /** The connection ended before the answer began. */
  UPSTREAM_CLOSED(Side.UPSTREAM, 502, "closed without an answer"),
  /** The target has said that it did not look at the request, as HTTP/2 lets it. */
  UPSTREAM_REFUSED(Side.UPSTREAM, 503, "request refused"),
  /** The answer is not HTTP, too large, or does not fit the request. */
  BAD_ANSWER(Side.UPSTREAM, 502, "malformed answer"),
  /** No answer within the limit for its head. */
  ANSWER_TIMEOUT(Side.UPSTREAM, 504, "no answer in time"),
  /** The answer stopped in the middle. The client has seen its head. */
  ANSWER_CUT(Side.UPSTREAM, 502, "answer cut short"),
  /** The client did not send its request within the read limit of the listener. */
  REQUEST_TIMEOUT(Side.DOWNSTREAM, 504, "request not received in time"),
  /** The body of the request is not in chunks although it says so. */
  REQUEST_MALFORMED(Side.DOWNSTREAM, 400, "malformed request body"),
  /** The client did not take the answer within the write limit of the listener. */
  WRITE_TIMEOUT(Side.DOWNSTREAM, 504, "answer not sent in time"),
  /** The time that the caller gave its gRPC call is over. */
  DEADLINE(Side.DOWNSTREAM, 504, "deadline exceeded"),
  /** A gRPC message of the client is longer than it may be. */
  REQUEST_TOO_LARGE(Side.DOWNSTREAM, 413, "message too large"),
  /** A gRPC message of the target is longer than it may be. */
  ANSWER_TOO_LARGE(Side.UPSTREAM, 502, "message too large"),
  /** The client went away. */
  CLIENT_GONE(Side.DOWNSTREAM, 499, "client went away");

  /** Whose fault it is. */
  public enum Side {
    DOWNSTREAM,
    UPSTREAM,
    OURS
  }

  private final Side side;
  private final int status;
  private final String text;

  Failure(Side side, int status, String text) {
    this.side = side;
    this.status = status;
    this.text = text;
  }

  public Side side() {
    return side;
  }

  /** The status for client and log; a client that went away or has seen a head does not get it. */
  public int status() {
    return status;
  }

  /** A few words for the log. */
  public String text() {
    return text;
  }

  /** Whether there is a client that can still be told. */
  public boolean canBeTold() {
    return this != CLIENT_GONE && this != WRITE_TIMEOUT;
  }

  /** Whether it is certain that the target has not seen the request. */
  public boolean nothingSent() {
    return this == DIAL_FAILED || this == DIAL_TIMEOUT || this == TLS_FAILED || this == BUSY;
  }
}
