package io.tagway.proxy.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Gets at header lines without turning each into a String. */
final class HeaderLines {
  private HeaderLines() {}

  /** Headers for a message we build from parts a decoder has checked already. */
  static HttpHeaders unchecked() {
    return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
  }

  /** All lines in order. Those read from a client are Netty's own, with one char for each byte. */
  static Iterator<Map.Entry<CharSequence, CharSequence>> of(MultiMap headers) {
    if (headers instanceof HttpHeaders lines) {
      return lines.iteratorCharSequence();
    }
    if (headers instanceof io.vertx.core.http.impl.headers.HttpHeaders frames) {
      return frames.unwrap().iterator();
    }
    List<Map.Entry<CharSequence, CharSequence>> lines = new ArrayList<>();
    headers.forEach((name, value) -> lines.add(Map.entry(name, value)));
    return lines.iterator();
  }
}
