package io.tagway.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.tagway.proxy.Failure;
import io.tagway.proxy.Outcome;
import io.tagway.route.RouteRequest;
import io.tagway.route.Target;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Does one request: borrows a connection, sends the request ({@link BodyPass} its body), passes the
 * answer on. Pieces flow as they come, and a side that cannot take more stops the other. Until the
 * answer begins a failure may lead to another target; after that it can only be shown by cutting
 * the answer short. Used by one event loop.
 */
final class Exchange implements UpstreamUser {
  /** Informational answers to one request; a client that does not read gets none of them. */
  private static final int MOST_INTERIMS = 16;

  private final ProxyLoop loop;
  private final HttpServerRequest request;
  private final RequestHead head;
  private final RouteRequest routed;
  private final ClientConnection client;
  private final ClientAnswer answer;
  private final BodyPass body;
  private final String offered;
  private final long start;
  private final Tries tries;
  private final Call call;

  private @Nullable UpstreamConnection upstream;
  private @Nullable HttpHeaders passed;
  private String upstreamUri = "";
  private int shownStatus;
  private int interims;
  private boolean reused;
  private boolean over;
  private long headNanos;

  Exchange(
      ProxyLoop loop,
      HttpServerRequest request,
      RequestHead head,
      Decision.Forward forward,
      ClientConnection client,
      long start) {
    this.loop = loop;
    this.request = request;
    this.head = head;
    this.routed = forward.routed();
    this.tries = new Tries(forward.target());
    this.client = client;
    this.body = new BodyPass(this, loop, request, client, head.framing());
    this.offered = client.offered(head);
    this.answer = new ClientAnswer(loop, request, head, client);
    this.start = start;
    this.call =
        GrpcCall.is(head)
            ? new GrpcCall(loop, request, head, start, () -> fail(Failure.DEADLINE, null))
            : Call.NONE;
  }

  /** Begins; everything else happens in answer to what the two sides do. */
  void start() {
    client.begin(this, request);
    call.begin();
    request.response().exceptionHandler(gone -> fail(Failure.CLIENT_GONE, gone));
    body.begin();
    borrow(false);
  }

  // ---- a connection

  private void borrow(boolean fresh) {
    passed = null;
    upstreamUri = "";
    Target target = tries.target();
    loop.upstreams().borrow(target, loop.keyOf(target), this, fresh);
  }

  @Override
  public long dialNanos() {
    return tries.dialNanos(loop.upstreams().limits().dialNanos(), System.nanoTime());
  }

  @Override
  public boolean waiting() {
    return !over;
  }

  @Override
  public void unavailable(Failure failure, @Nullable Throwable cause) {
    tries.connectionFailed();
    retryOrFail(failure, cause);
  }

  @Override
  public void connected(UpstreamConnection connection, boolean isReused) {
    if (over) {
      connection.returnUnused();
      return;
    }
    upstream = connection;
    reused = isReused;
    send(connection);
  }

  // ---- the request

  private void send(UpstreamConnection connection) {
    Target target = tries.target();
    upstreamUri = target.upstreamUri(routed);
    HttpHeaders headers =
        loop.requestHeaders()
            .toTarget(
                head,
                client.peer(),
                routed.host(),
                target,
                loop.hostFor(target, routed.host()),
                offered);
    passed = headers;
    HttpMethod method = HttpMethod.valueOf(head.method());
    if (body.isEmpty()) {
      connection.send(
          this,
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1,
              method,
              upstreamUri,
              Unpooled.EMPTY_BUFFER,
              headers,
              EmptyHttpHeaders.INSTANCE),
          true);
      return;
    }
    connection.send(
        this, new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, upstreamUri, headers), false);
    answer.continueIfExpected();
    body.sendTo(connection);
  }

  @Override
  public void writable() {
    body.resume();
  }

  // ---- the answer

  @Override
  public void informed(HttpResponse interim) {
    interims++;
    if (interims > MOST_INTERIMS) {
      fail(Failure.BAD_ANSWER, new IllegalArgumentException("informational answers without end"));
      return;
    }
    answer.inform(interim);
  }

  @Override
  public void answered(HttpResponse upstreamHead) {
    try {
      call.answer(upstreamHead);
    } catch (Call.Foreign foreign) {
      fail(Failure.BAD_ANSWER, foreign);
      return;
    }
    body.forget();
    headNanos = loop.isWatched() ? System.nanoTime() - start : 0;
    answer.begin(upstreamHead, !body.isEnded() || Upgrade.isWebSocket(offered));
  }

  @Override
  public boolean switched(HttpResponse upstreamHead, Channel channel, ChannelHandler connection) {
    if (!(client instanceof Http1Client http1) || !Upgrade.fits(offered, upstreamHead.headers())) {
      return false;
    }
    over = true;
    upstream = null;
    finish();
    answer.switched(upstreamHead);
    String protocol = upstreamHead.headers().get(HttpHeaderNames.UPGRADE);
    long nanos = loop.isWatched() ? System.nanoTime() - start : 0;
    loop.tell().opened(this, protocol);
    UpgradeTunnel.open(
        http1,
        channel,
        connection,
        (there, back) -> loop.tell().tunnelled(this, protocol, there, back, nanos));
    return true;
  }

  @Override
  public void body(ByteBuf piece) {
    UpstreamConnection from = upstream;
    try {
      call.answer(piece);
    } catch (Call.TooLong tooLong) {
      piece.release();
      fail(Failure.ANSWER_TOO_LARGE, tooLong);
      return;
    }
    if (!answer.write(piece) && from != null) {
      from.read(false);
      answer.onceReady(this::readOn);
    }
  }

  private void readOn() {
    UpstreamConnection from = upstream;
    if (from != null && !over) {
      from.read(true);
    }
  }

  @Override
  public void paused() {
    answer.flush();
  }

  @Override
  public void ended(HttpHeaders trailers) {
    answer.end(trailers);
    over = true;
    UpstreamConnection from = upstream;
    upstream = null;
    if (!body.isEnded()) {
      // The target has answered without reading on; what is left of the request has nowhere to go.
      if (from != null) {
        from.abort();
      }
      body.discardRest();
    }
    finish();
    loop.tell().answered(this, answer.status(), headNanos);
    call.answered(target());
  }

  // ---- what can go wrong

  @Override
  public void failed(Failure failure, @Nullable Throwable cause) {
    upstream = null;
    if (answer.isSent()) {
      fail(Failure.ANSWER_CUT, cause);
    } else {
      answer.reset();
      retryOrFail(failure, cause);
    }
  }

  private void retryOrFail(Failure failure, @Nullable Throwable cause) {
    if (over) {
      return;
    }
    boolean repeatable =
        failure == Failure.UPSTREAM_REFUSED
            ? body.isRepeatable()
            : body.isEmpty() && RetryRule.isRepeatable(head.method(), head.headers());
    Tries.Next next = tries.after(failure, repeatable, reused);
    if (next == Tries.Next.NONE) {
      fail(failure, cause);
    } else {
      body.pause();
      borrow(next == Tries.Next.HERE_AFRESH);
    }
  }

  /** The client has not sent its whole request in time. */
  void requestTimedOut() {
    fail(Failure.REQUEST_TIMEOUT, null);
  }

  /** The body of the request cannot be read on. */
  void requestMalformed() {
    fail(Failure.REQUEST_MALFORMED, null);
  }

  /** The client has not taken the whole answer in time. */
  void answerTimedOut() {
    fail(Failure.WRITE_TIMEOUT, null);
  }

  /** Ends with a failure, unless it is over already. */
  void fail(Failure failure, @Nullable Throwable cause) {
    if (over) {
      return;
    }
    over = true;
    shownStatus = answer.isSent() ? answer.status() : 0;
    UpstreamConnection to = upstream;
    upstream = null;
    if (to != null) {
      to.abort();
    }
    if (failure.canBeTold() && call.canBeTold(answer)) {
      call.tell(answer, body, failure, cause);
    } else {
      client.cut(request);
    }
    finish();
    loop.tell().failed(this, failure, cause);
    call.failed(target(), failure, cause);
  }

  private void finish() {
    answer.dropHeld();
    body.forget();
    call.end();
    client.end(this, request);
  }

  // ---- for the body

  /** Who the body goes to; null while there is nobody, and when all is over. */
  @Nullable UpstreamConnection upstream() {
    return upstream;
  }

  Call call() {
    return call;
  }

  // ---- for telling

  Outcome.Asked asked() {
    return loop.tell().asked(head, client.peer(), routed.host(), start, this::passedHeader);
  }

  private String passedHeader(String name) {
    String value = passed == null ? null : passed.get(name);
    return value == null ? "" : value;
  }

  Target target() {
    return tries.target();
  }

  /** What was sent, or would have been if there had been a connection. */
  String upstreamUri() {
    return upstreamUri.isEmpty() ? target().upstreamUri(routed) : upstreamUri;
  }

  /** The status of the target's answer if the client has seen it, else 0. */
  int shownStatus() {
    return shownStatus;
  }

  long bytes() {
    return answer.bytes();
  }

  int tries() {
    return tries.count();
  }
}
