package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a target sends where. */
class TargetTest {
  private static Target of(String destination, String options) {
    Table table = Tables.of("route add s / " + destination + " opts \"" + options + "\"");
    return table.routes().get(0).targets().get(0);
  }

  private static Target of(PathMatcher matcher, String options) {
    Table table =
        Tables.of(
            Tables.options(matcher, true), "route add s / http://up/ opts \"" + options + "\"");
    return table.routes().get(0).targets().get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "strip=/foo /foo/a%2Fb%20c /a%2Fb%20c",
        "strip=/foo /%66oo/a%2Fb /a%2Fb",
        "strip=/foo /foo%2Fx /x",
        "strip=/foo /foo /",
        "strip=/foo /foo?q /?q",
        "strip=/foo /foo../secret /secret",
        "strip=/foo /foo%2e%2e/secret /secret",
        "strip=/foo /foo.well /.well",
        "strip=/caf\u00e9 /caf%C3%A9/x%2Fy /x%2Fy",
        "strip=/foo /FOO/x /FOO/x",
        "prepend=/p /a%2Fb /p/a%2Fb",
        "prepend=/p /a(b) /p/a(b)",
        "prepend=p%q /a /p%25q/a",
        "strip=/a,prepend=/b /a/x?y=%2F /b/x?y=%2F",
        "strip=/a,prepend=/b /c /b/c",
      })
  void stripsAndPrependsOnThePathAsItWasSpelled(String options, String uri, String sent) {
    Target target = of("http://up/", options.replace(',', ' '));
    assertEquals(sent, target.upstreamUri(Tables.get("h", uri)));
  }

  @Test
  void stripsInAnyCaseWithMatcherIprefix() {
    assertEquals(
        "/x", of(PathMatcher.IPREFIX, "strip=/Foo").upstreamUri(Tables.get("h", "/fOO/x")));
    assertEquals(
        "/x%2Fy",
        of(PathMatcher.IPREFIX, "strip=/Foo").upstreamUri(Tables.get("h", "/f%4FO/x%2Fy")));
  }

  @Test
  void sendsTheRequestTargetItselfWhereNothingChanges() {
    RouteRequest request = Tables.get("h", "/a/b?c=d");
    assertSame(request.uri(), of("http://up/base", "").upstreamUri(request));
  }

  @ParameterizedTest
  @CsvSource({
    "http://up/?k=1,/x?z=2,/x?k=1&z=2",
    "http://up/?k=1,/x,/x?k=1",
    "http://up/?k=1,/x?,/x?k=1",
    "http://up/?,/x?z=2,/x?z=2",
    "http://up/,/x?,/x?"
  })
  void putsTheQueryOfTheDestinationFirst(String destination, String uri, String sent) {
    assertEquals(sent, of(destination, "").upstreamUri(Tables.get("h", uri)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://10.0.0.1:81/ http 10.0.0.1 81 10.0.0.1:81",
        "http://box/ http box 80 box",
        "HTTPS://Box.org https Box.org 443 Box.org",
        "http://[2001:db8::1]:8080/ http 2001:db8::1 8080 [2001:db8::1]:8080",
        "http://[::1]/ http ::1 80 [::1]",
        "http://:8080/ http localhost 8080 :8080",
        "http://user:pw@box:1/ http box 1 box:1",
        "tcp://box tcp box 0 box",
        "grpcs://box grpcs box 443 box",
        "http://box:/ http box 80 box:",
      })
  void knowsWhereItsDestinationIs(
      String url, String scheme, String host, int port, String authority) {
    Target target = of(url, "");
    assertEquals(
        List.of(scheme, host, port, authority),
        List.of(target.scheme(), target.host(), target.port(), target.authority()));
  }

  @Test
  void choosesTheHostHeader() {
    assertEquals("asked:1", of("http://up:2/", "").upstreamHost("asked:1"));
    assertEquals("up:2", of("http://up:2/", "").upstreamHost(""));
    assertEquals("up:2", of("http://up:2/", "host=dst").upstreamHost("asked:1"));
    assertEquals("in.org", of("http://up:2/", "host=in.org").upstreamHost("asked:1"));
  }

  @Test
  void choosesTheTlsServerName() {
    assertEquals("", of("https://up/", "").tlsServerName());
    assertEquals("", of("https://up/", "host=dst").tlsServerName());
    assertEquals("in.org", of("https://up/", "host=in.org").tlsServerName());
    assertEquals("in.org", of("https://up/", "host=in.org:8443").tlsServerName());
    assertEquals("", of("http://up/", "host=in.org").tlsServerName());
    assertEquals("in.org", of("http://up/", "host=in.org proto=https").tlsServerName());
    assertEquals("g.org", of("grpcs://up/", "grpcservername=g.org host=dst").tlsServerName());
    assertTrue(of("https://up/", "tlsskipverify=true").tlsSkipVerify());
    assertFalse(of("https://up/", "tlsskipverify=TRUE").tlsSkipVerify());
  }

  @Test
  void isNobodyWhereThereIsNoRoute() {
    Target none = Table.empty(Tables.options()).lookup(Tables.get("h", "/"));
    assertTrue(none.isNone());
    assertEquals("", none.service() + none.destination() + none.authScheme() + none.strip());
    assertFalse(none.access().isOpen());
    assertSame(Target.NONE, none.route().pickExcept(List.of()));
    assertEquals(0, none.route().targets().size());
  }

  @ParameterizedTest
  @CsvSource({
    "redirect=200",
    "redirect=abc",
    "redirect=-301",
    "redirect=",
    "redirect=99999999999999999999"
  })
  void isNoTargetWithARedirectCodeThatIsNone(String option) {
    Table table =
        Table.of(
            Tables.options(),
            Map.of(),
            Tables.lines("route add s / http://up/ opts \"" + option + "\""));
    assertEquals(0, table.targetCount());
    assertTrue(table.problems().get(0).reason().startsWith("redirect status code should be"));
  }

  @Test
  void readsRedirectCodesWithSignAndZeros() {
    assertEquals(301, of("http://up/", "redirect=+301").redirectCode());
    assertEquals(308, of("http://up/", "redirect=0308").redirectCode());
  }

  @Test
  void needsAHostUnlessItRedirects() {
    Table table =
        Table.of(
            Tables.options(),
            Map.of(),
            Tables.lines("route add s /a /b", "route add s /c /d opts \"redirect=301\""));
    assertEquals(List.of("/c"), table.routes().stream().map(Route::path).toList());
    assertTrue(table.problems().get(0).reason().contains("no scheme or no host"));
  }
}
