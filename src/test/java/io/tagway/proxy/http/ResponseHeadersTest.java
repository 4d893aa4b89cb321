package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.HttpHeaders;
import io.tagway.config.Settings;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseHeadersTest {
  private static final String NOW = "Thu, 01 Jan 1970 00:00:07 GMT";

  private static MultiMap copy(Settings.Sts sts, boolean tls, boolean chunked, String... lines) {
    HttpHeaders from = HeaderLines.unchecked();
    for (int i = 0; i < lines.length; i += 2) {
      from.add(lines[i], lines[i + 1]);
    }
    MultiMap out = io.vertx.core.http.HttpHeaders.headers();
    new ResponseHeaders(sts, new DateText(() -> 7_500L)).copy(from, out, tls, chunked);
    return out;
  }

  private static MultiMap copy(String... lines) {
    return copy(new Settings.Sts(0, false, false), false, false, lines);
  }

  @Test
  void dateIsAddedOnlyIfMissing() {
    assertEquals(List.of(NOW), copy().getAll("Date"));
    assertEquals(List.of("then"), copy("Date", "then").getAll("Date"));
  }

  @Test
  void hopByHopHeadersAndWhatConnectionNamesGo() {
    MultiMap out =
        copy(
            "Connection", "X-Foo, Content-Length, close",
            "X-Foo", "1",
            "Keep-Alive", "timeout=9",
            "Proxy-Connection", "x",
            "Proxy-Authenticate", "Basic",
            "Upgrade", "h2",
            "TE", "x",
            "Trailer", "X-T",
            "Transfer-Encoding", "chunked",
            "X-Ok", "1",
            "Content-Length", "3");

    assertEquals(List.of("Content-Length", "Date", "X-Ok"), out.names().stream().sorted().toList());
  }

  @Test
  void aChunkedAnswerHasNoLengthAndAnnouncesItsTrailers() {
    MultiMap out =
        copy(
            new Settings.Sts(0, false, false),
            false,
            true,
            "Content-Length",
            "3",
            "Trailer",
            "X-T");

    assertFalse(out.contains("Content-Length"));
    assertEquals(List.of("X-T"), out.getAll("Trailer"));
  }

  @Test
  void repeatedLinesStaySeparateAndInOrder() {
    assertEquals(
        List.of("a=1", "b=2"), copy("Set-Cookie", "a=1", "Set-Cookie", "b=2").getAll("Set-Cookie"));
  }

  @Test
  void strictTransportSecurityComesFirstAndOnlyOverTls() {
    Settings.Sts all = new Settings.Sts(60, true, true);
    String name = "Strict-Transport-Security";

    assertEquals(
        List.of("max-age=60; includeSubdomains; preload", "theirs"),
        copy(all, true, false, name, "theirs").getAll(name));
    assertEquals(List.of(), copy(all, false, false).getAll(name));
    assertEquals(
        List.of("max-age=60"), copy(new Settings.Sts(60, false, false), true, false).getAll(name));
    assertTrue(copy(new Settings.Sts(0, true, true), true, false).getAll(name).isEmpty());
  }
}
