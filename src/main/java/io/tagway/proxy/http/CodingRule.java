package io.tagway.proxy.http;

import static io.vertx.core.http.HttpHeaders.ACCEPT;
import static io.vertx.core.http.HttpHeaders.ACCEPT_ENCODING;
import static io.vertx.core.http.HttpHeaders.CACHE_CONTROL;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tagway.proxy.AcceptEncoding;
import io.tagway.proxy.ContentCoding;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides which answers are compressed, and how. Looks at heads only. Used by one event loop. */
final class CodingRule {
  /** Below this what an encoding adds outweighs what it saves. */
  static final int LEAST_BYTES = 128;

  /** Names of digests of a body as it is: Content-MD5 of RFC 2616, Digest of RFC 3230, RFC 9530. */
  private static final List<String> DIGESTS =
      List.of("Content-MD5", "Digest", "Content-Digest", "Repr-Digest");

  private final ByValue<Boolean> types;
  private final ByValue<Optional<ContentCoding>> accepted;

  /**
   * @param types searched in the Content-Type of answers
   * @param available in the order of our preference
   */
  CodingRule(Pattern types, List<ContentCoding> available) {
    this.types = new ByValue<>(type -> types.matcher(type).find() && !isGrpc(type));
    this.accepted = new ByValue<>(line -> AcceptEncoding.parse(List.of(line)).best(available));
  }

  /** Its messages carry a coding of their own, and trailers that nothing may hold up. */
  private static boolean isGrpc(String type) {
    return type.toLowerCase(Locale.ROOT).startsWith("application/grpc");
  }

  /** The coding for an answer; null to pass it on as it is. */
  @Nullable ContentCoding choose(RequestHead asked, HttpResponse answer) {
    HttpHeaders from = answer.headers();
    String type = from.get(HttpHeaderNames.CONTENT_TYPE);
    if (type == null
        || !types.of(type)
        || !hasWholeBody(answer.status().code())
        || !mayChange(from)
        || isShort(from.get(HttpHeaderNames.CONTENT_LENGTH))) {
      return null;
    }
    return accepted(asked);
  }

  /** 206 is a piece of a body; what it is a piece of was not compressed. */
  private static boolean hasWholeBody(int status) {
    return status != 204 && status != 205 && status != 206 && status != 304;
  }

  private static boolean mayChange(HttpHeaders from) {
    return !from.contains(HttpHeaderNames.CONTENT_ENCODING)
        && !from.contains(HttpHeaderNames.CONTENT_RANGE)
        && allowsTransform(from.get(HttpHeaderNames.CACHE_CONTROL))
        && DIGESTS.stream().noneMatch(from::contains);
  }

  /** RFC 9111, sections 5.2.1.6 and 5.2.2.6. */
  private static boolean allowsTransform(@Nullable String cacheControl) {
    return cacheControl == null || !cacheControl.toLowerCase(Locale.ROOT).contains("no-transform");
  }

  private static boolean isShort(@Nullable String length) {
    // The decoder has checked that it is a number; fewer than three digits are below 128 as well.
    return length != null && length.length() <= 3 && Integer.parseInt(length.trim()) < LEAST_BYTES;
  }

  private @Nullable ContentCoding accepted(RequestHead asked) {
    String line = joined(asked.headers().getAll(ACCEPT_ENCODING));
    if (line.isEmpty()) {
      return null;
    }
    ContentCoding coding = accepted.of(line).orElse(null);
    boolean wanted =
        coding != null
            && !joined(asked.headers().getAll(ACCEPT)).contains("text/event-stream")
            && allowsTransform(asked.headers().get(CACHE_CONTROL));
    return wanted ? coding : null;
  }

  private static String joined(List<String> lines) {
    return lines.size() == 1 ? lines.get(0) : String.join(",", lines);
  }
}
