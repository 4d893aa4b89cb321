package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;
import io.tagway.config.Settings;
import io.vertx.core.http.HttpHeaders;

/**
 * What makes a request a gRPC call, and what a call asks for beyond HTTP: an end by its deadline,
 * and no message that is too long. Used by one event loop.
 */
final class GrpcCall {
  private static final AsciiString TIMEOUT = AsciiString.cached("grpc-timeout");
  private static final String TYPE = "application/grpc";

  /** A message was too long. */
  static final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;

    private TooLong(String text) {
      super(text, null, false, false);
    }
  }

  private final GrpcMessages asked;
  private final GrpcMessages answered;
  private final int mostAsked;
  private final int mostAnswered;
  private final long nanos;
  private final LazyTimer deadline;

  /**
   * @param expired told when the deadline of the call has passed
   */
  GrpcCall(RequestHead head, Settings.Grpc limits, EventLoop loop, Runnable expired) {
    this.mostAsked = limits.maxReceiveBytes();
    this.mostAnswered = Math.min(limits.maxReceiveBytes(), limits.maxSendBytes());
    this.asked = new GrpcMessages(mostAsked);
    this.answered = new GrpcMessages(mostAnswered);
    this.nanos = GrpcTimeout.nanos(head.headers().get(TIMEOUT));
    this.deadline = new LazyTimer(loop, expired);
  }

  /** Whether a request is a call, by its protocol and the type of its content. */
  static boolean is(RequestHead head) {
    if (head.protocol() != Protocol.HTTP_2) {
      return false;
    }
    String type = head.headers().get(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.regionMatches(true, 0, TYPE, 0, TYPE.length())) {
      return false;
    }
    // Not application/grpc-web, which is another protocol.
    char next = type.length() == TYPE.length() ? ';' : type.charAt(TYPE.length());
    return next == ';' || next == '+' || next == ' ';
  }

  void begin() {
    deadline.set(nanos);
  }

  void end() {
    deadline.cancel();
  }

  /**
   * Looks at a piece from the client.
   *
   * @throws TooLong if a message begins in it that must not pass
   */
  void ask(ByteBuf piece) throws TooLong {
    long length = asked.over(piece);
    if (length != GrpcMessages.NONE) {
      throw new TooLong(text("received", length, mostAsked));
    }
  }

  /**
   * Looks at a piece from the target.
   *
   * @throws TooLong if a message begins in it that must not pass
   */
  void answer(ByteBuf piece) throws TooLong {
    long length = answered.over(piece);
    if (length != GrpcMessages.NONE) {
      throw new TooLong(text("received", length, mostAnswered));
    }
  }

  /** The words known from Fabio. */
  private static String text(String what, long length, int most) {
    return "grpc: " + what + " message larger than max (" + length + " vs. " + most + ")";
  }
}
