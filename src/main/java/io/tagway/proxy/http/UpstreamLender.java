package io.tagway.proxy.http;

/** Who lends a connection and gets it back. */
interface UpstreamLender {
  /** From the sent request to the head of the answer; 0 is no limit. */
  long answerLimitNanos();

  /** Whether the other side can say that it did not look at a request, as with HTTP/2. */
  boolean mayRefuse();

  /** The exchange is over, and all that came with its answer was read. */
  void released(UpstreamConnection connection);

  /** The connection is gone. */
  void closed(UpstreamConnection connection);
}
