package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.HttpHeaders;
import io.tagway.config.Settings;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadersTest {
  private static final ForwardedTails TAILS = ForwardedTails.of("10.9.8.7");

  private final Peer plain = peer("192.0.2.9", false);
  private final RequestHeaders rules = rules("", "", "");

  @Test
  void aPlainRequestGainsTheForwardingHeaders() {
    HttpHeaders out = rewrite(plain, "h.test");

    assertEquals("h.test", out.get("Host"));
    assertEquals("192.0.2.9", out.get("X-Real-Ip"));
    assertEquals("192.0.2.9", out.get("X-Forwarded-For"));
    assertEquals("http", out.get("X-Forwarded-Proto"));
    assertEquals("80", out.get("X-Forwarded-Port"));
    assertEquals("h.test", out.get("X-Forwarded-Host"));
    assertEquals(
        "for=192.0.2.9; proto=http; by=10.9.8.7; httpproto=http/1.1", out.get("Forwarded"));
    assertEquals(7, out.size(), out.entries().toString());
  }

  @Test
  void overTlsSchemeAndPortSaySo() {
    HttpHeaders out = rewrite(peer("192.0.2.9", true), "h.test");

    assertEquals("https", out.get("X-Forwarded-Proto"));
    assertEquals("443", out.get("X-Forwarded-Port"));
  }

  @ParameterizedTest
  @CsvSource({
    "h.test, 80",
    "h.test:8081, 8081",
    "[::1], 80",
    "[::1]:8080, 8080",
    "h.test:, 80",
    "'', 80"
  })
  void thePortComesFromTheHost(String host, String port) {
    assertEquals(port, rewrite(plain, host).get("X-Forwarded-Port"));
  }

  @Test
  void theHostTheClientAskedForIsForwardedNotTheOneSentUpstream() {
    HttpHeaders out =
        rules.rewrite(head("GET", "Host", "h.test:81"), plain, "h.test:81", "10.0.0.1:9000", "");

    assertEquals("10.0.0.1:9000", out.get("Host"));
    assertEquals("h.test:81", out.get("X-Forwarded-Host"));
    assertEquals("81", out.get("X-Forwarded-Port"));
  }

  @Test
  void aClientsOwnValuesAreKept() {
    HttpHeaders out =
        rewrite(
            plain,
            "h.test",
            "X-Real-IP",
            "6.6.6.6",
            "X-Forwarded-Host",
            "orig:99",
            "X-Forwarded-Port",
            "4444",
            "X-Forwarded-Prefix",
            "/mine");

    assertEquals(List.of("6.6.6.6"), out.getAll("X-Real-Ip"));
    assertEquals(List.of("orig:99"), out.getAll("X-Forwarded-Host"));
    assertEquals(List.of("4444"), out.getAll("X-Forwarded-Port"));
    assertEquals(List.of("/mine"), out.getAll("X-Forwarded-Prefix"));
  }

  @Test
  void emptyValuesCountAsAbsent() {
    HttpHeaders out =
        rewrite(
            plain,
            "h.test",
            "X-Real-IP",
            "",
            "X-Forwarded-Host",
            "",
            "X-Forwarded-Port",
            "",
            "X-Forwarded-Proto",
            "",
            "Forwarded",
            "");

    assertEquals(List.of("192.0.2.9"), out.getAll("X-Real-Ip"));
    assertEquals(List.of("h.test"), out.getAll("X-Forwarded-Host"));
    assertEquals(List.of("80"), out.getAll("X-Forwarded-Port"));
    assertEquals(List.of("http"), out.getAll("X-Forwarded-Proto"));
    assertEquals(1, out.getAll("Forwarded").size());
  }

  @Test
  void theAddressIsAppendedAndLinesAreJoined() {
    HttpHeaders out =
        rewrite(plain, "h", "X-Forwarded-For", "1.1.1.1, 2.2.2.2", "x-forwarded-for", "3.3.3.3");

    assertEquals(List.of("1.1.1.1, 2.2.2.2, 3.3.3.3, 192.0.2.9"), out.getAll("X-Forwarded-For"));
    assertEquals(
        List.of(", 192.0.2.9"),
        rewrite(plain, "h", "X-Forwarded-For", "").getAll("X-Forwarded-For"));
  }

  @Test
  void severalForwardedLinesAreJoinedAndExtended() {
    HttpHeaders out =
        rewrite(plain, "h", "Forwarded", "for=9.9.9.9", "Forwarded", "for=8.8.8.8;proto=https");

    assertEquals(
        List.of("for=9.9.9.9, for=8.8.8.8;proto=https; by=10.9.8.7; httpproto=http/1.1"),
        out.getAll("Forwarded"));
    assertEquals("https", out.get("X-Forwarded-Proto"));
  }

  @ParameterizedTest
  @CsvSource({
    "for=1; proto=https, https",
    "for=1;Proto=HTTPS, HTTPS",
    "'for=1; httpproto=http/9', http",
    "'proto=\"https\"', https",
    "'for=1, for=2;proto=wss', https",
    "'for=\"a;proto=evil\"', http",
    "'for=\"open;proto=x', http",
    "proto=, http"
  })
  void theSchemeIsReadFromForwarded(String forwarded, String scheme) {
    assertEquals(scheme, rewrite(plain, "h", "Forwarded", forwarded).get("X-Forwarded-Proto"));
  }

  @Test
  void forwardedProtoAloneDecidesTheSchemeOfForwarded() {
    HttpHeaders out = rewrite(plain, "h", "X-Forwarded-Proto", "https");

    assertTrue(out.get("Forwarded").contains("; proto=https;"), out.get("Forwarded"));
    assertEquals(List.of("https"), out.getAll("X-Forwarded-Proto"));
  }

  @Test
  void withBothNeitherIsTouched() {
    HttpHeaders out =
        rewrite(plain, "h", "X-Forwarded-Proto", "https", "Forwarded", "for=1; proto=wss");

    assertEquals(List.of("https"), out.getAll("X-Forwarded-Proto"));
    assertEquals("for=1; proto=wss; by=10.9.8.7; httpproto=http/1.1", out.get("Forwarded"));
  }

  @Test
  void http10IsTold() {
    RequestHead head = new RequestHead("GET", "/", true, MultiMap.caseInsensitiveMultiMap());

    assertEquals(
        "for=192.0.2.9; proto=http; by=10.9.8.7; httpproto=http/1.0",
        rules.rewrite(head, plain, "", "t", "").get("Forwarded"));
  }

  @Test
  void ipv6IsShortAndBare() {
    HttpHeaders out = rewrite(peer("2001:db8:0:0::1", false), "h");

    assertEquals("2001:db8::1", out.get("X-Forwarded-For"));
    assertTrue(out.get("Forwarded").startsWith("for=2001:db8::1; proto=http;"));
  }

  @Test
  void hopByHopHeadersGo() {
    HttpHeaders out =
        rewrite(
            plain,
            "h",
            "Connection",
            "keep-alive",
            "Keep-Alive",
            "timeout=5",
            "Proxy-Connection",
            "keep-alive",
            "Proxy-Authenticate",
            "x",
            "Proxy-Authorization",
            "Basic eA==",
            "TE",
            "gzip",
            "Trailer",
            "X-T",
            "Upgrade",
            "h2c");

    assertEquals(7, out.size(), out.entries().toString());
  }

  @Test
  void trailersAreStillAccepted() {
    assertEquals(
        List.of("trailers"),
        rewrite(plain, "h", "TE", "deflate;q=0.5, trailers", "TE", "trailers").getAll("TE"));
  }

  @Test
  void whatConnectionNamesGoesToo() {
    HttpHeaders out =
        rewrite(
            plain, "h", "X-Foo", "1", "Connection", "X-Foo, ,x-bar", "X-Bar", "2", "X-Baz", "3");

    assertNull(out.get("X-Foo"));
    assertNull(out.get("X-Bar"));
    assertEquals("3", out.get("X-Baz"));
  }

  @Test
  void noClientCanHaveOurHeadersRemoved() {
    HttpHeaders out =
        rules("X-Client-Ip", "X-Secure", "X-Request-Id")
            .rewrite(
                head(
                    "POST",
                    "Connection",
                    "X-Forwarded-For, x-forwarded-host, X-Real-Ip, Forwarded, Host, Content-Length",
                    "Connection",
                    "x-client-ip, X-Request-Id",
                    "X-Forwarded-For",
                    "3.3.3.3",
                    "Content-Length",
                    "5"),
                plain,
                "h",
                "h",
                "");

    assertEquals("3.3.3.3, 192.0.2.9", out.get("X-Forwarded-For"));
    assertEquals("h", out.get("X-Forwarded-Host"));
    assertEquals("192.0.2.9", out.get("X-Real-Ip"));
    assertEquals("192.0.2.9", out.get("X-Client-Ip"));
    assertEquals("id", out.get("X-Request-Id"));
    assertEquals("5", out.get("Content-Length"));
    assertTrue(out.contains("Forwarded"));
    assertTrue(out.contains("Host"));
  }

  @Test
  void configuredHeadersReplaceAClients() {
    RequestHeaders own = rules("X-Client-Ip", "X-Secure", "X-Request-Id");
    String[] sent = {
      "X-Client-IP", "8.8.8.8", "x-client-ip", "7", "X-Secure", "no", "x-request-id", "mine"
    };
    HttpHeaders http = own.rewrite(head("GET", sent), plain, "h", "h", "");
    HttpHeaders https = own.rewrite(head("GET", sent), peer("192.0.2.9", true), "h", "h", "");

    assertEquals(List.of("192.0.2.9"), http.getAll("X-Client-Ip"));
    assertEquals(List.of("id"), http.getAll("X-Request-Id"));
    assertEquals(List.of(), http.getAll("X-Secure"));
    assertEquals(List.of("yes"), https.getAll("X-Secure"));
  }

  @ParameterizedTest
  @CsvSource({"X-Forwarded-For", "x-FORWARDED-for"})
  void clientIpCannotOverwriteTheListHoweverItIsSpelled(String option) {
    HttpHeaders out =
        rules(option, "", "")
            .rewrite(head("GET", "X-Forwarded-For", "3.3.3.3"), plain, "h", "h", "");

    assertEquals(List.of("3.3.3.3, 192.0.2.9"), out.getAll("X-Forwarded-For"));
  }

  @Test
  void stripIsToldAndReplacesAClients() {
    HttpHeaders out =
        rules.rewrite(head("GET", "X-Forwarded-Prefix", "/evil"), plain, "h", "h", "/foo");

    assertEquals(List.of("/foo"), out.getAll("X-Forwarded-Prefix"));
  }

  @Test
  void anEmptyUserAgentGoesAndNoneIsInvented() {
    assertNull(rewrite(plain, "h").get("User-Agent"));
    assertNull(rewrite(plain, "h", "User-Agent", "").get("User-Agent"));
    assertEquals("ua", rewrite(plain, "h", "User-Agent", "ua").get("User-Agent"));
  }

  @Test
  void everythingElsePassesInOrder() {
    HttpHeaders out =
        rewrite(
            plain,
            "h",
            "X-A",
            "1",
            "Cookie",
            "a=1",
            "X-A",
            "2",
            "Cookie",
            "b=2",
            "Expect",
            "100-continue");

    assertEquals(List.of("1", "2"), out.getAll("X-A"));
    assertEquals(List.of("a=1", "b=2"), out.getAll("Cookie"));
    assertEquals("100-continue", out.get("Expect"));
  }

  @Test
  void aMethodThatMayHaveABodySaysThatItHasNone() {
    assertEquals("0", rules.rewrite(head("POST"), plain, "h", "h", "").get("Content-Length"));
    assertNull(rules.rewrite(head("GET"), plain, "h", "h", "").get("Content-Length"));
    HttpHeaders chunked =
        rules.rewrite(head("PUT", "Transfer-Encoding", "chunked"), plain, "h", "h", "");
    assertNull(chunked.get("Content-Length"));
    assertEquals(List.of("chunked"), chunked.getAll("Transfer-Encoding"));
  }

  @Test
  void aWebSocketSchemeShowsInForwardedOnly() {
    HttpHeaders out = rewrite(plain, "h", "Upgrade", "websocket");

    assertTrue(out.get("Forwarded").contains("proto=ws;"), out.get("Forwarded"));
    assertEquals("http", out.get("X-Forwarded-Proto"));
  }

  private HttpHeaders rewrite(Peer peer, String host, String... lines) {
    return rules.rewrite(head("GET", lines), peer, host, host, "");
  }

  static RequestHead head(String method, String... lines) {
    return new RequestHead(method, "/", false, headers(lines));
  }

  static MultiMap headers(String... lines) {
    MultiMap headers = io.vertx.core.http.HttpHeaders.headers();
    for (int i = 0; i < lines.length; i += 2) {
      headers.add(lines[i], lines[i + 1]);
    }
    return headers;
  }

  static Peer peer(String address, boolean tls) {
    try {
      return new Peer(InetAddress.getByName(address), 4711, tls, TAILS);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static RequestHeaders rules(String clientIp, String tls, String requestId) {
    return new RequestHeaders(settings(clientIp, tls, requestId), () -> "id");
  }

  static Settings.Http settings(String clientIp, String tls, String requestId) {
    return new Settings.Http(
        404,
        10_000,
        Duration.ofSeconds(30),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofSeconds(15),
        Duration.ofSeconds(1),
        Duration.ZERO,
        "10.9.8.7",
        Optional.empty(),
        clientIp,
        tls,
        "yes",
        requestId,
        new Settings.Sts(0, false, false),
        new Settings.Grpc(0, 0, Duration.ZERO));
  }
}
