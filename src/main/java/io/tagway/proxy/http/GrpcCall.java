package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.AsciiString;
import io.tagway.config.Settings;
import io.tagway.proxy.Failure;
import io.tagway.route.Target;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What makes a request a gRPC call, and what a call asks for beyond HTTP: an end by its deadline,
 * no message that is too long, and statuses of its own. Used by one event loop.
 */
final class GrpcCall implements Call {
  private static final AsciiString TIMEOUT = AsciiString.cached("grpc-timeout");
  private static final String TYPE = "application/grpc";

  private final Teller tell;
  private final HttpServerRequest request;
  private final long start;
  private final GrpcMessages asked;
  private final GrpcMessages answered;
  private final int mostAsked;
  private final int mostAnswered;
  private final long nanos;
  private final LazyTimer deadline;

  /**
   * @param start when the request had come, by the clock of {@link System#nanoTime}
   * @param expired told when the deadline of the call has passed
   */
  GrpcCall(
      ProxyLoop loop, HttpServerRequest request, RequestHead head, long start, Runnable expired) {
    this.tell = loop.tell();
    this.request = request;
    this.start = start;
    Settings.Grpc limits = loop.grpc();
    this.mostAsked = limits.maxReceiveBytes();
    this.mostAnswered = Math.min(limits.maxReceiveBytes(), limits.maxSendBytes());
    this.asked = new GrpcMessages(mostAsked);
    this.answered = new GrpcMessages(mostAnswered);
    this.nanos = GrpcTimeout.nanos(head.headers().get(TIMEOUT));
    this.deadline = new LazyTimer(loop.eventLoop(), expired);
  }

  /** Whether a request is a call, by its protocol and the type of its content. */
  static boolean is(RequestHead head) {
    if (head.protocol() != Protocol.HTTP_2) {
      return false;
    }
    return isType(head.headers().get(HttpHeaders.CONTENT_TYPE));
  }

  private static boolean isType(@Nullable String type) {
    if (type == null || !type.regionMatches(true, 0, TYPE, 0, TYPE.length())) {
      return false;
    }
    // Not application/grpc-web, which is another protocol.
    char next = type.length() == TYPE.length() ? ';' : type.charAt(TYPE.length());
    return next == ';' || next == '+' || next == ' ';
  }

  @Override
  public void begin() {
    deadline.set(nanos);
  }

  @Override
  public void end() {
    deadline.cancel();
  }

  @Override
  public void ask(ByteBuf piece) throws TooLong {
    long length = asked.over(piece);
    if (length != GrpcMessages.NONE) {
      throw new TooLong(text(length, mostAsked));
    }
  }

  /** The page of a web server in between would be read as messages of absurd lengths. */
  @Override
  public void answer(HttpResponse head) throws Foreign {
    String type = head.headers().get(HttpHeaders.CONTENT_TYPE);
    if (!isType(type) && !head.headers().contains(GrpcAnswers.STATUS)) {
      int status = head.status().code();
      throw new Foreign(
          status,
          "the answer is not gRPC: status "
              + status
              + ", content type "
              + (type == null ? "none" : type));
    }
  }

  @Override
  public void answer(ByteBuf piece) throws TooLong {
    long length = answered.over(piece);
    if (length != GrpcMessages.NONE) {
      throw new TooLong(text(length, mostAnswered));
    }
  }

  /** A status fits behind whatever was answered. */
  @Override
  public boolean canBeTold(ClientAnswer answer) {
    return true;
  }

  @Override
  public void tell(ClientAnswer answer, BodyPass body, Failure failure, @Nullable Throwable cause) {
    answer.fail(GrpcStatus.of(failure, cause), GrpcAnswers.text(failure, cause), !body.isEnded());
  }

  @Override
  public void answered(Target target) {
    tell.called(target, GrpcAnswers.status(request), start);
  }

  @Override
  public void failed(Target target, Failure failure, @Nullable Throwable cause) {
    tell.called(target, GrpcStatus.of(failure, cause).code(), start);
  }

  /** The words known from Fabio. */
  private static String text(long length, int most) {
    return "grpc: received message larger than max (" + length + " vs. " + most + ")";
  }
}
