package io.tagway.proxy.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Sits between the HTTP decoder and Vert.x: tells the timers how far a request is, turns a version
 * we do not speak into an invalid request (Vert.x would answer 501, and in that version) and so a
 * header without a name, which the decoder lets pass, closes a connection whose last request was
 * invalid so that the answer survives, and lets nothing be decoded behind a request that offers
 * another protocol before it is answered.
 */
final class HeadGuard extends ChannelDuplexHandler {
  /** The version of a request is not 1.0 or 1.1. */
  static final class UnknownVersion extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownVersion() {
      super("HTTP version not supported", null, false, false);
    }
  }

  /** The name of a header that has none. */
  static final String NAMELESS = "";

  private final Http1Client client;
  private final RequestTrailers trailers;
  private boolean invalid;
  private boolean offers;
  private @Nullable UpgradeHold hold;

  HeadGuard(Http1Client client) {
    this.client = client;
    this.trailers = client.trailers();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      headEnded(request);
    }
    if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      Exchange exchange = client.exchange();
      if (exchange != null) {
        // Vert.x would close the connection without a word.
        content.release();
        exchange.requestMalformed();
        return;
      }
    }
    if (message instanceof LastHttpContent last) {
      client.timers().requestEnded();
      if (!last.trailingHeaders().isEmpty()) {
        trailers.keep(last.trailingHeaders());
      }
      context.fireChannelRead(message);
      if (offers && !client.timers().isAllAnswered()) {
        hold = UpgradeHold.begin(context);
      }
      return;
    }
    context.fireChannelRead(message);
  }

  private void headEnded(HttpRequest request) {
    client.timers().headEnded();
    trailers.of(request.headers());
    takeVersion(request);
    if (request.headers().contains(NAMELESS)) {
      refuse(request, new IllegalArgumentException("header without a name"));
    }
    if (request.decoderResult().isFailure()) {
      invalid = true;
    } else {
      offers = client.offers(request);
    }
  }

  /** The first reason is the one that is told. */
  private static void refuse(HttpRequest request, Exception reason) {
    if (request.decoderResult().isSuccess()) {
      request.setDecoderResult(DecoderResult.failure(reason));
    }
  }

  /** What is refused for its version is answered in one of ours (RFC 9110, section 15.6.6). */
  @SuppressWarnings("ReferenceEquality") // the decoder gives its constants for what is written well
  private static void takeVersion(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0) {
      return;
    }
    request.setProtocolVersion(HttpVersion.HTTP_1_1);
    boolean isHttp = version.protocolName().equals("HTTP");
    boolean isOdd = version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    refuse(
        request, isHttp && !isOdd ? new UnknownVersion() : new IllegalArgumentException("version"));
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean interim = message instanceof HttpResponse head && head.status().code() < 200;
    if (message instanceof LastHttpContent && !interim) {
      client.timers().answerEnded();
      if (client.timers().isAllAnswered()) {
        client.largeHeads().answered();
      }
    }
    var unused = context.write(message, promise);
    UpgradeHold held = hold;
    if (held != null && client.timers().isAllAnswered()) {
      // The offer was not taken up. Vert.x has not noted yet that the answer is complete.
      hold = null;
      context.executor().execute(() -> held.resume(context, client.largeHeads()));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      client.caughtUp();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    client.timers().allParsed();
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    client.timers().closed();
    client.largeHeads().closed();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (invalid) {
      client.closeLingering();
    } else {
      context.fireExceptionCaught(cause);
    }
  }
}
