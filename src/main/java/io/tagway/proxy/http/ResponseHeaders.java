package io.tagway.proxy.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.tagway.config.Settings;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Makes the headers for a client from those of a target. */
final class ResponseHeaders {
  private static final AsciiString[] NONE = {};
  private static final AsciiString STS = AsciiString.cached("Strict-Transport-Security");

  private final DateText date;
  private final AsciiString sts;

  ResponseHeaders(Settings.Sts sts, DateText date) {
    this.date = date;
    this.sts = AsciiString.of(text(sts));
  }

  private static String text(Settings.Sts sts) {
    if (sts.maxAge() <= 0) {
      return "";
    }
    return "max-age="
        + sts.maxAge()
        + (sts.subdomains() ? "; includeSubdomains" : "")
        + (sts.preload() ? "; preload" : "");
  }

  /** Puts what every forwarded answer gets, also one the router had to make up. */
  void addOwn(MultiMap out, boolean tls) {
    if (tls && !sts.isEmpty()) {
      out.add(STS, sts);
    }
  }

  /**
   * Copies an answer's headers. Throws {@link IllegalArgumentException} for one that cannot be
   * sent.
   *
   * @param chunked whether the body is sent in chunks, so that its length must not be told
   */
  void copy(HttpHeaders from, MultiMap out, boolean tls, boolean chunked) {
    addOwn(out, tls);
    List<String> dropped = List.of();
    if (from.contains(HeaderName.CONNECTION.text())) {
      dropped = ConnectionTokens.removable(from.getAll(HeaderName.CONNECTION.text()), NONE);
    }
    boolean dated = false;
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = from.iteratorCharSequence();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      CharSequence name = line.getKey();
      HeaderName known = HeaderName.of(name);
      if (known == HeaderName.DATE) {
        dated = true;
      } else if (known == HeaderName.CONTENT_LENGTH) {
        if (chunked) {
          continue;
        }
      } else if (known.isHopByHop()
          ? known != HeaderName.TRAILER || !chunked
          : !dropped.isEmpty() && ConnectionTokens.contains(dropped, name)) {
        continue;
      }
      out.add(name, line.getValue());
    }
    if (!dated) {
      out.add(HeaderName.DATE.text(), date.now());
    }
  }

  /** Whether a line of an informational answer, or of trailers, may be passed on. */
  static boolean isPlain(CharSequence name) {
    HeaderName known = HeaderName.of(name);
    return !known.isHopByHop() && known != HeaderName.CONTENT_LENGTH && known != HeaderName.HOST;
  }
}
