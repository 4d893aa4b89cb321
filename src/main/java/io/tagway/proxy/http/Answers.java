package io.tagway.proxy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.tagway.auth.Verdict;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** Writes the answers the router gives by itself, and closes where nothing more can be read. */
final class Answers {
  /** Bytes of an unread body worth reading to keep a connection. */
  static final long DRAIN_BYTES = 256 << 10;

  private static final AsciiString NO_SNIFF = AsciiString.cached("X-Content-Type-Options");
  private static final String TEXT = "text/plain; charset=utf-8";

  private final DateText date;
  private final BooleanSupplier draining;

  Answers(DateText date, BooleanSupplier draining) {
    this.date = date;
    this.draining = draining;
  }

  /** A status without a body. */
  void empty(HttpServerRequest request, int status, boolean close) {
    send(request, status, Buffer.buffer(), close);
  }

  /** A line of text that a browser shows as it is. */
  void text(HttpServerRequest request, int status, String line) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT);
    response.putHeader(NO_SNIFF, "nosniff");
    send(request, status, Buffer.buffer(line), false);
  }

  /**
   * Turns a client without the right credentials away, or asks it to come again when too many
   * others are being checked.
   *
   * @param verdict any but granted
   * @return the status
   */
  int unauthorized(HttpServerRequest request, Verdict verdict) {
    if (verdict instanceof Verdict.Refused refused) {
      refused
          .challenge()
          .ifPresent(text -> request.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, text));
      text(request, 401, "authorization failed\n");
      return 401;
    }
    request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
    empty(request, 503, false);
    return 503;
  }

  /** A request that could not be read: {@code 400 Bad Request: why}. */
  void unreadable(HttpServerRequest request, int status, String detail) {
    String phrase = status + " " + HttpResponseStatus.valueOf(status).reasonPhrase();
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, TEXT);
    send(request, status, Buffer.buffer(detail.isEmpty() ? phrase : phrase + ": " + detail), true);
  }

  /** A page of the given type. */
  void page(HttpServerRequest request, int status, Page page) {
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, page.contentType());
    send(request, status, page.body(), false);
  }

  /** A redirect, with a link for those who read it. */
  void redirect(HttpServerRequest request, int status, String url) {
    String location = ascii(url);
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.LOCATION, location);
    Buffer body = Buffer.buffer();
    boolean get = request.method().equals(HttpMethod.GET);
    if (get || request.method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
      String phrase = HttpResponseStatus.valueOf(status).reasonPhrase();
      body.appendString("<a href=\"" + escaped(location) + "\">" + phrase + "</a>.\n\n");
    }
    send(request, status, body, false);
  }

  private void send(HttpServerRequest request, int status, Buffer body, boolean mustClose) {
    HttpServerResponse response = request.response();
    ClientConnection client = ClientConnection.of(request.connection());
    boolean close =
        client.mark(
            request,
            mustClose || (!request.isEnded() && !isWorthReading(client.head(request))),
            draining.getAsBoolean());
    if (close) {
      client.answersNoMore();
    }
    response.setStatusCode(status);
    response.putHeader(HeaderName.DATE.text(), date.now());
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    boolean head = request.method().equals(HttpMethod.HEAD);
    Future<Void> sent = head ? response.end() : response.end(body);
    if (close && request.decoderResult().isSuccess()) {
      sent.onComplete(done -> client.afterLast(request));
    }
  }

  /** Whether the rest of the request is short and on its way. */
  private static boolean isWorthReading(RequestHead head) {
    if (head.headers().contains(HttpHeaders.EXPECT)) {
      return false;
    }
    return head.framing().lengthAtMost(DRAIN_BYTES);
  }

  /** Bytes of a query that a client sent as they were: they may not stand in a URL (RFC 3986). */
  private static String ascii(String url) {
    int at = 0;
    while (at < url.length() && url.charAt(at) < 0x80) {
      at++;
    }
    if (at == url.length()) {
      return url;
    }
    StringBuilder out = new StringBuilder(url.length() + 16);
    for (byte octet : url.getBytes(StandardCharsets.ISO_8859_1)) {
      if (octet >= 0) {
        out.append((char) octet);
      } else {
        out.append(String.format("%%%02X", octet));
      }
    }
    return out.toString();
  }

  private static String escaped(String url) {
    StringBuilder out = new StringBuilder(url.length() + 16);
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
