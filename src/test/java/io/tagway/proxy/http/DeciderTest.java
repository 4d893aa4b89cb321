package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.util.NetUtil;
import io.tagway.proxy.http.Decision.Forward;
import io.tagway.proxy.http.Decision.Redirect;
import io.tagway.proxy.http.Decision.Refusal;
import io.tagway.proxy.http.Decision.Refuse;
import io.tagway.proxy.http.Decision.Verify;
import io.tagway.route.CommandText;
import io.tagway.route.Origin;
import io.tagway.route.PathMatcher;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeciderTest {
  private static final InetAddress PEER =
      Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString("192.0.2.9"));

  private final Table table =
      Table.of(
          new Table.Options(PathMatcher.PREFIX, Strategy.RR, true, UpstreamKey::attach),
          Map.of(),
          CommandText.parse(
                  """
                  route add a a.test/ http://10.0.0.1:9001/
                  route add in a.test/inner http://10.0.0.1:9002/ opts "allow=ip:10.0.0.0/8"
                  route add au a.test/auth http://10.0.0.1:9003/ opts "auth=who"
                  route add ia a.test/inner/auth http://10.0.0.1:9002/ opts "allow=ip:10.0.0.0/8 auth=who"
                  route add ra a.test/moved https://new.test/$path opts "redirect=301 auth=who"
                  route add r a.test/old https://new.test/$path opts "redirect=301"
                  """,
                  new Origin(Origin.Kind.STATIC, "", "", 0))
              .lines());

  private Decision decide(String method, String target, String... headers) {
    return Decider.decide(
        table,
        false,
        PEER,
        new RequestHead(method, target, false, RequestHeadersTest.headers(headers)));
  }

  private Refuse refused(String method, String target, String... headers) {
    return assertInstanceOf(Refuse.class, decide(method, target, headers));
  }

  private Forward forwarded(String method, String target, String... headers) {
    return assertInstanceOf(Forward.class, decide(method, target, headers));
  }

  @Test
  void aRouteForwards() {
    Forward forward = forwarded("GET", "/x?q", "Host", "A.test");

    assertEquals("a", forward.target().service());
    assertEquals("A.test", forward.routed().host());
    assertEquals("/x", forward.routed().path().raw());
    assertEquals("?q", forward.routed().query());
  }

  @Test
  void theHostOfTheAbsoluteFormCounts() {
    Forward forward = forwarded("GET", "http://u:p@a.test/y?z", "Host", "b.test");

    assertEquals("a.test", forward.routed().host());
    assertEquals("/y", forward.routed().path().raw());
    assertEquals("?z", forward.routed().query());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, *, NO_ROUTE",
    "OPTIONS, *, OPTIONS",
    "CONNECT, a.test:443, NO_ROUTE",
    "GET, http://a.test, NO_ROUTE",
    "GET, http://a.test?x, NO_ROUTE",
    "GET, http://a b/, BAD_REQUEST",
    "GET, foo, BAD_REQUEST",
    "GET, http:foo, BAD_REQUEST",
    "GET, 1http://a.test/, BAD_REQUEST",
    "GET, '', BAD_REQUEST",
    "GET, /%, BAD_REQUEST",
    "GET, /%4, BAD_REQUEST",
    "GET, /%zz, BAD_REQUEST",
    "GET, '/a b', BAD_REQUEST",
    "GET, '/a\u007f', BAD_REQUEST"
  })
  void targetsThatAreNoPath(String method, String target, Refusal refusal) {
    assertEquals(refusal, refused(method, target, "Host", "a.test").refusal());
  }

  @Test
  void aBrokenEscapeInTheQueryPasses() {
    assertEquals("?%zz", forwarded("GET", "/?%zz", "Host", "a.test").routed().query());
  }

  @Test
  void oneValidHostIsNeeded() {
    assertEquals("missing required Host header", refused("GET", "/").detail());
    assertEquals("too many Host headers", refused("GET", "/", "Host", "a", "host", "b").detail());
    assertEquals("malformed Host header", refused("GET", "/", "Host", "a/b").detail());
    assertEquals("malformed Host header", refused("GET", "/", "Host", "\u00e4").detail());
    assertEquals(Refusal.NO_ROUTE, refused("GET", "/", "Host", "").refusal());
  }

  @Test
  void http10NeedsNoHost() {
    Decision decision =
        Decider.decide(
            table, false, PEER, new RequestHead("GET", "/", true, RequestHeadersTest.headers()));

    assertEquals(Refusal.NO_ROUTE, assertInstanceOf(Refuse.class, decision).refusal());
  }

  @Test
  void otherCodingsAndExpectationsAreRefused() {
    assertEquals(
        Refusal.CODING,
        refused("POST", "/", "Host", "a.test", "Transfer-Encoding", "gzip, chunked").refusal());
    assertEquals(
        Refusal.EXPECTATION, refused("POST", "/", "Host", "a.test", "Expect", "x").refusal());
    forwarded("POST", "/", "Host", "a.test", "Expect", "100-Continue");
    forwarded("POST", "/", "Host", "a.test", "Expect", "100-continue", "Expect", "100-continue");
    assertEquals(
        Refusal.EXPECTATION,
        refused("POST", "/", "Host", "a.test", "Expect", "100-continue", "Expect", "foo")
            .refusal());
    assertEquals(
        Refusal.CODING,
        refused(
                "POST",
                "/",
                "Host",
                "a.test",
                "Transfer-Encoding",
                "chunked",
                "Transfer-Encoding",
                "gzip")
            .refusal());
    forwarded("POST", "/", "Host", "a.test", "Transfer-Encoding", "Chunked");
  }

  @Test
  void accessRulesComeBeforeEverythingElseOfATarget() {
    assertEquals(Refusal.DENIED, refused("GET", "/inner", "Host", "a.test").refusal());
  }

  @Test
  void credentialsAreAskedForBeforeATargetIs() {
    Verify verify = verified("/auth");

    assertEquals("who", verify.scheme());
    assertEquals(verify.target(), assertInstanceOf(Forward.class, verify.granted()).target());
  }

  @Test
  void credentialsAreAskedForAfterAccessRulesAndBeforeARedirect() {
    assertEquals(Refusal.DENIED, refused("GET", "/inner/auth", "Host", "a.test").refusal());
    assertInstanceOf(Redirect.class, verified("/moved").granted());
  }

  private Verify verified(String target) {
    return assertInstanceOf(Verify.class, decide("GET", target, "Host", "a.test"));
  }

  @Test
  void aRedirectKnowsItsLocation() {
    Redirect redirect =
        assertInstanceOf(Redirect.class, decide("GET", "/old/x?y=1", "Host", "a.test"));

    assertEquals(301, redirect.status());
    assertEquals("https://new.test/old/x?y=1", redirect.location());
  }
}
