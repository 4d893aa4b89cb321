package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tagway.proxy.Failure;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a target: one exchange at a time, never pipelined. It is the last handler of
 * the channel, behind a codec. Used by one event loop.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  private final Channel channel;
  private final UpstreamLender lender;
  private final BooleanSupplier clear;
  private final LazyTimer answerTimer;
  private @Nullable UpstreamUser user;
  private boolean sent;
  private boolean informing;
  private boolean keepAlive;
  private boolean toRelease;
  private boolean reading;
  private boolean reported;
  private boolean closing;
  private boolean forgotten;
  private long idleSince;
  private @Nullable Throwable cause;

  /**
   * @param clear whether the codec holds nothing that nobody asked for
   */
  UpstreamConnection(Channel channel, UpstreamLender lender, BooleanSupplier clear) {
    this.channel = channel;
    this.lender = lender;
    this.clear = clear;
    this.answerTimer = new LazyTimer(channel.eventLoop(), this::answerTimedOut);
  }

  /** Sends a head, or with {@code whole} a complete request without a body. */
  void send(UpstreamUser newUser, HttpMessage request, boolean whole) {
    user = newUser;
    sent = whole;
    informing = false;
    reported = false;
    put(request);
    if (whole) {
      answerTimer.set(lender.answerLimitNanos());
    }
  }

  /** Sends a piece of the body and takes the buffer over. */
  void write(ByteBuf piece) {
    put(new DefaultHttpContent(piece));
  }

  /** The body is complete. */
  void end(HttpHeaders trailers) {
    sent = true;
    put(
        trailers.isEmpty()
            ? LastHttpContent.EMPTY_LAST_CONTENT
            : new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, trailers));
    answerTimer.set(lender.answerLimitNanos());
  }

  /** A write that fails is heard of in {@link #exceptionCaught}. */
  private void put(Object message) {
    var unused = channel.writeAndFlush(message, channel.voidPromise());
  }

  /** Whether the other side can say that it did not look at a request. */
  boolean mayRefuse() {
    return lender.mayRefuse();
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  /** Stops or goes on reading, so that a slow client slows the target down. */
  void read(boolean on) {
    channel.config().setAutoRead(on);
  }

  /** Ends the exchange in the middle; the user hears no more. */
  void abort() {
    user = null;
    close();
  }

  /** Gives back a connection on which nothing was sent. */
  void returnUnused() {
    user = null;
    lender.released(this);
  }

  void close() {
    closing = true;
    answerTimer.cancel();
    var unused = channel.close();
  }

  /** Whether a request may be sent now. */
  boolean isUsable() {
    return !closing && channel.isActive();
  }

  long idleSince() {
    return idleSince;
  }

  void idleSince(long nanos) {
    idleSince = nanos;
  }

  /** Whether this is the first time it is counted as gone. */
  boolean forget() {
    boolean first = !forgotten;
    forgotten = true;
    return first;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    reading = true;
    UpstreamUser current = user;
    if (current == null || toRelease || closing) {
      // Nobody asked: bytes behind an answer, or before a request. They must not meet the next one.
      ReferenceCountUtil.release(message);
      close();
    } else if (((HttpObject) message).decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      fail(Failure.BAD_ANSWER, ((HttpObject) message).decoderResult().cause());
    } else if (message instanceof HttpResponse head) {
      readHead(current, head);
    } else {
      readContent(current, (HttpContent) message);
    }
  }

  private void readHead(UpstreamUser current, HttpResponse head) {
    int status = head.status().code();
    if (status < 100 || status > 999) {
      fail(Failure.BAD_ANSWER, null);
    } else if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
      switchProtocols(current, head);
    } else if (status < 200) {
      informing = true;
      reported = true;
      current.informed(head);
    } else if (!isFramed(head)) {
      fail(Failure.BAD_ANSWER, null);
    } else {
      answerTimer.clear();
      reported = true;
      keepAlive = HttpUtil.isKeepAlive(head);
      current.answered(head);
    }
  }

  /**
   * A coding of the transfer other than chunked would be lost, and its body misread. The first line
   * tells: Netty's decoder lets nothing stand behind chunked.
   */
  private static boolean isFramed(HttpResponse head) {
    String coding = head.headers().get(HeaderName.TRANSFER_ENCODING.text());
    return coding == null || HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding.strip());
  }

  /** What is spoken from here on is not ours; the channel leaves the pool for good. */
  private void switchProtocols(UpstreamUser current, HttpResponse head) {
    if (sent && current.switched(head, channel, this)) {
      user = null;
      closing = true;
      answerTimer.cancel();
      lender.closed(this);
    } else {
      fail(Failure.BAD_ANSWER, null);
    }
  }

  private void readContent(UpstreamUser current, HttpContent content) {
    if (informing) {
      informing = !(content instanceof LastHttpContent);
      content.release();
      return;
    }
    ByteBuf piece = content.content();
    if (piece.isReadable()) {
      current.body(piece);
    } else {
      piece.release();
    }
    if (content instanceof LastHttpContent last && user == current) {
      current.ended(last.trailingHeaders());
      if (sent) {
        release();
      }
    }
  }

  /** The exchange is over; whether the connection is fit for another shows when all is read. */
  private void release() {
    user = null;
    toRelease = true;
    if (!reading) {
      finishRelease();
    }
  }

  private void finishRelease() {
    toRelease = false;
    if (!keepAlive || !isUsable() || !clear.getAsBoolean()) {
      close();
    } else {
      if (!channel.config().isAutoRead()) {
        read(true);
      }
      lender.released(this);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    if (toRelease) {
      finishRelease();
    } else {
      UpstreamUser current = user;
      if (current != null) {
        current.paused();
      } else if (!clear.getAsBoolean()) {
        // The beginning of an answer that nobody asked for.
        close();
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    UpstreamUser current = user;
    if (current != null && channel.isWritable()) {
      current.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closing = true;
    answerTimer.cancel();
    lender.closed(this);
    fail(closed(), cause);
  }

  private Failure closed() {
    if (reported) {
      return Failure.ANSWER_CUT;
    }
    return cause instanceof StreamReset reset && reset.untouched()
        ? Failure.UPSTREAM_REFUSED
        : Failure.UPSTREAM_CLOSED;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    if (thrown instanceof IOException) {
      // A write that fails does not end it: a target that refuses a body may have answered first,
      // and the answer is still to be read. A read that fails closes the channel.
      cause = thrown;
    } else {
      fail(thrown instanceof OutOfMemoryError ? Failure.MEMORY : Failure.BAD_ANSWER, thrown);
    }
  }

  private void answerTimedOut() {
    fail(Failure.ANSWER_TIMEOUT, null);
  }

  private void fail(Failure failure, @Nullable Throwable why) {
    UpstreamUser current = user;
    user = null;
    close();
    if (current != null) {
      current.failed(failure, why);
    }
  }
}
