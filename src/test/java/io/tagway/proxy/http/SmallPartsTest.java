package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.HttpHeaders;
import io.tagway.config.Settings;
import io.tagway.proxy.Flood;
import io.tagway.proxy.Transports;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The parts that are too small for a test of their own. */
class SmallPartsTest {
  @ParameterizedTest
  @EnumSource(HeaderName.class)
  void headerNamesAreKnownInAnyCase(HeaderName name) {
    String text = name.text().toString();

    assertSame(name, HeaderName.of(text));
    assertSame(name, HeaderName.of(text.toLowerCase(Locale.ROOT)));
    assertSame(name, HeaderName.of(text.toUpperCase(Locale.ROOT)));
    assertSame(HeaderName.OTHER, HeaderName.of(text + "x"));
  }

  @Test
  void requestIdsAreRandomUuids() {
    RequestIds ids = new RequestIds(new SplittableRandom(1));
    String first = ids.get();

    assertTrue(
        first.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
        first);
    assertNotEquals(first, ids.get());
  }

  @Test
  void theDateIsMadeOnceASecond() {
    AtomicLong clock = new AtomicLong(1_000L);
    DateText date = new DateText(clock::get);

    CharSequence first = date.now();
    clock.set(1_999L);
    assertSame(first, date.now());
    clock.set(2_000L);
    assertEquals("Thu, 01 Jan 1970 00:00:02 GMT", date.now().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html><body>x|text/html; charset=utf-8",
        "  <!DOCTYPE html>|text/html; charset=utf-8",
        "<!-- x|text/html; charset=utf-8",
        "<p>x|text/html; charset=utf-8",
        "<pre>x|text/plain; charset=utf-8",
        "<?xml version='1.0'?>|text/xml; charset=utf-8",
        "nope|text/plain; charset=utf-8",
        "a\u0000b|application/octet-stream"
      })
  void theTypeOfAPageIsGuessed(String text, String type) {
    assertEquals(type, Page.of(text).contentType());
  }

  @Test
  void bodiesAreFramedByCodingOrLength() {
    assertTrue(BodyFraming.of(RequestHeadersTest.headers()).isEmpty());
    assertTrue(BodyFraming.of(RequestHeadersTest.headers("Content-Length", "0")).isEmpty());
    assertEquals(7, BodyFraming.of(RequestHeadersTest.headers("Content-Length", "7")).length());
    BodyFraming chunked =
        BodyFraming.of(RequestHeadersTest.headers("Transfer-Encoding", "chunked"));
    assertTrue(chunked.chunked() && !chunked.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"10000, 2, 5000, 5000", "1, 4, 1, 1", "0, 2, 5000, 2", "-1, 1, 10000, 0"})
  void connectionsAreSharedOutToTheLoops(int maxConn, int loops, int open, int idle) {
    UpstreamLimits limits = UpstreamLimits.share(http(maxConn), loops);

    assertEquals(open, limits.open());
    assertEquals(idle, limits.idle());
  }

  private static Settings.Http http(int maxConn) {
    return new Settings.Http(
        404,
        maxConn,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        "",
        Optional.empty(),
        "",
        "",
        "",
        "",
        new Settings.Sts(0, false, false),
        new Settings.Grpc(0, 0, Duration.ZERO));
  }

  @Test
  void aFloodOfLinesIsCountedNotWritten() {
    Flood flood = new Flood(2);

    assertEquals("", flood.pass(0));
    assertEquals("", flood.pass(1));
    assertNull(flood.pass(2));
    assertNull(flood.pass(3));
    assertEquals(" (2 more like this were not logged)", flood.pass(1_000_000_000L));
    assertEquals("", flood.pass(1_000_000_001L));
  }

  @Test
  void trailersBelongToTheirOwnRequest() {
    RequestTrailers trailers = new RequestTrailers();
    HttpHeaders first = (HttpHeaders) RequestHeadersTest.headers("A", "1");
    HttpHeaders second = (HttpHeaders) RequestHeadersTest.headers("A", "1");
    HttpHeaders ends = HeaderLines.unchecked();
    trailers.of(first);
    trailers.of(second);
    trailers.keep(ends);

    assertTrue(trailers.take((io.vertx.core.MultiMap) first).isEmpty());
    assertSame(ends, trailers.take((io.vertx.core.MultiMap) second));
    assertTrue(trailers.take((io.vertx.core.MultiMap) second).isEmpty());
  }

  @Test
  void aTransportThatDoesNotWorkIsReplacedAndSaidSo() {
    Transports.Choice none = Transports.choose("");
    Transports.Choice nio = Transports.choose("nio");
    Transports.Choice odd = Transports.choose("carrier-pigeon");

    assertNotNull(none.transport());
    assertEquals("Using transport nio", nio.text());
    assertTrue(nio.asWished());
    assertTrue(!odd.asWished() && odd.text().contains("carrier-pigeon"), odd.text());
    assertEquals(none.transport().name(), odd.transport().name());
  }
}
