package io.tagway.proxy.http;

import static io.vertx.core.http.HttpHeaders.ACCEPT_RANGES;
import static io.vertx.core.http.HttpHeaders.CONTENT_ENCODING;
import static io.vertx.core.http.HttpHeaders.CONTENT_LENGTH;
import static io.vertx.core.http.HttpHeaders.ETAG;
import static io.vertx.core.http.HttpHeaders.IF_NONE_MATCH;
import static io.vertx.core.http.HttpHeaders.VARY;

import io.tagway.proxy.ContentCoding;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What compression changes in the headers of answers. */
final class CodedHeaders {
  private static final String ACCEPT_ENCODING = "Accept-Encoding";
  private static final String WEAK = "W/";

  private CodedHeaders() {}

  /** The body is going to be sent in this coding. */
  static void mark(MultiMap answer, ContentCoding coding) {
    answer.set(CONTENT_ENCODING, coding.word());
    answer.remove(CONTENT_LENGTH);
    // Ranges count bytes of the plain body, and a strong validator stands for its very bytes
    // (RFC 9110, sections 14.3 and 8.8.1).
    answer.remove(ACCEPT_RANGES);
    String etag = answer.get(ETAG);
    if (etag != null && !etag.startsWith(WEAK)) {
      answer.set(ETAG, WEAK + etag);
    }
  }

  /**
   * Gives a 304 the validator that the client has, if what it has is the compressed form: its cache
   * would not take the strong one for the same (RFC 9111, section 4.3.4).
   */
  static void revalidate(MultiMap answer, MultiMap asked) {
    String etag = answer.get(ETAG);
    String has = asked.get(IF_NONE_MATCH);
    if (etag != null && has != null && !etag.startsWith(WEAK) && has.contains(WEAK + etag)) {
      answer.set(ETAG, WEAK + etag);
    }
  }

  /** Says that the answer depends on Accept-Encoding, unless that is said already. */
  static void vary(MultiMap answer) {
    List<String> said = answer.getAll(VARY);
    if (said.isEmpty()) {
      answer.set(VARY, ACCEPT_ENCODING);
    } else if (said.stream().noneMatch(CodedHeaders::names)) {
      List<String> all = new ArrayList<>(said.size() + 1);
      all.add(ACCEPT_ENCODING);
      all.addAll(said);
      answer.set(VARY.toString(), all);
    }
  }

  private static boolean names(@Nullable String vary) {
    return vary != null
        && (vary.contains("*") || vary.toLowerCase(Locale.ROOT).contains("accept-encoding"));
  }
}
