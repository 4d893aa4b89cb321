package io.tagway.proxy;

import io.tagway.route.Target;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What became of a request. */
public sealed interface Outcome {
  /**
   * The request and the clock.
   *
   * @param startNanos when its head was complete, by a monotonic clock
   * @param endNanos when the answer was handed to the client's connection
   * @param peer address of the client without a port
   * @param peerPort port of the client
   * @param tls whether the client spoke TLS
   * @param protocol {@code HTTP/1.1}
   * @param method as sent
   * @param host the Host that was asked for
   * @param uri path and query as sent
   * @param header the first value of a request header as sent; empty text if there is none
   * @param passedHeader the same of the headers that went to the target
   */
  record Asked(
      long startNanos,
      long endNanos,
      String peer,
      int peerPort,
      boolean tls,
      String protocol,
      String method,
      String host,
      String uri,
      UnaryOperator<String> header,
      UnaryOperator<String> passedHeader) {}

  Asked asked();

  /** The status the client saw, or would have seen. */
  int status();

  /**
   * The answer of a target was passed on to its end.
   *
   * @param target who answered
   * @param upstreamUri path and query as sent to the target
   * @param bodyBytes bytes of the answer's body
   * @param headNanos time from the request to the head of the answer
   * @param tries connections used or tried; more than 1 after a retry
   */
  record Answered(
      Asked asked,
      int status,
      Target target,
      String upstreamUri,
      long bodyBytes,
      long headNanos,
      int tries)
      implements Outcome {}

  /**
   * A target took up another protocol, and the tunnel that was opened has ended, in order or not.
   *
   * @param asked the end is the end of the tunnel
   * @param upstreamUri path and query as sent to the target
   * @param protocol as the target names it, for example {@code websocket}
   * @param sentBytes from the client to the target, without the request
   * @param receivedBytes from the target to the client, without the head of the answer
   * @param headNanos time from the request to the answer of the target
   * @param tries connections used or tried; more than 1 after a retry
   */
  record Tunnelled(
      Asked asked,
      Target target,
      String upstreamUri,
      String protocol,
      long sentBytes,
      long receivedBytes,
      long headNanos,
      int tries)
      implements Outcome {
    @Override
    public int status() {
      return 101;
    }
  }

  /**
   * A target was chosen, but its answer did not reach the client whole.
   *
   * @param shownStatus the status of the target's answer if the client has seen it; else 0
   * @param bodyBytes bytes of that answer's body that were passed on
   * @param tries connections used or tried; 0 if the client went away before any
   */
  record Failed(
      Asked asked,
      Failure failure,
      Target target,
      String upstreamUri,
      int shownStatus,
      long bodyBytes,
      int tries,
      @Nullable Throwable cause)
      implements Outcome {
    @Override
    public int status() {
      return failure.status();
    }
  }

  /** The router answered by itself: a redirect, no route, access denied, a bad request. */
  record Own(Asked asked, int status, Target target) implements Outcome {}
}
