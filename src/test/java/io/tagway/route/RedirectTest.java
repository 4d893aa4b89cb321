package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {
  private static Table table(String source, String destination, String options) {
    return Tables.of(
        "route add r " + source + " " + destination + " opts \"redirect=301 " + options + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://$host$path a.org:80 /x?q https://a.org/x?q",
        "https://$host$path a.org:81 /x https://a.org:81/x",
        "https://$host:444/$path a.org:81 /x https://a.org:444/x",
        "https://$host/fix a.org /x?q https://a.org/fix",
        "https://www.$host/$path a.org /a%2Fb https://www.a.org/a%2Fb",
        "https://b.org/d%2Fe/$path/f a.org /x https://b.org/d%2Fe/x/f",
        "https://b.org$path/ignored a.org /x https://b.org/x",
        "https://u:p@b.org/$path#f a.org /x https://b.org/x",
        "//b.org$path a.org /x //b.org/x",
        "/new$path a.org /x /new/x",
        "https://b.org/$path a.org /%0d%0aSet-Cookie:x https://b.org/%0d%0aSet-Cookie:x",
        "https://b.org/$path?k=1 a.org /x?q https://b.org/x?k=1",
      })
  void putsTheLocationTogether(String destination, String host, String uri, String location) {
    Target target = table("/", destination, "").routes().get(0).pick();
    assertEquals(location, target.location(Tables.get(host, uri)));
  }

  @Test
  void dropsTheDefaultPortOfTlsConnections() {
    Target target = table("/", "http://$host$path", "").routes().get(0).pick();
    assertEquals("http://a.org/x", target.location(RouteRequest.of(true, "a.org:443", "/x")));
    assertEquals("http://a.org:80/x", target.location(RouteRequest.of(true, "a.org:80", "/x")));
  }

  @Test
  void escapesWhatCannotStandInAHost() {
    Target target = table("/", "https://$host$path", "").routes().get(0).pick();
    assertEquals("https://a%2Fb%40c/x", target.location(Tables.get("a/b@c", "/x")));
  }

  @ParameterizedTest
  @CsvSource({
    // destination, tls, host, uri, X-Forwarded-Proto, loops
    "https://$host$path,true,a.org,/x,'',true",
    "https://$host$path,true,a.org:443,/x,'',true",
    "https://$host$path,false,a.org,/x,'',false",
    "https://$host$path,false,a.org,/x,https,true",
    "https://$host$path,true,a.org,/x,http,false",
    "https://A.org/,true,a.org,/,'',true",
    "https://a.org/,true,a.org,/x,'',false",
    "https://b.org/$path,true,a.org,/,'',false",
    "/new,false,a.org,/new,'',true",
    "/new,false,a.org,/old,'',false",
    "https://a.org:8443/$path,true,a.org,/,'',false",
  })
  void isPassedOverWhereItWouldLeadBack(
      String destination, boolean tls, String host, String uri, String proto, boolean loops) {
    Table table = table("/", destination, "");
    Target target = table.lookup(RouteRequest.of(tls, host, uri), proto);
    assertEquals(loops, target.isNone());
  }

  @Test
  void stripsAndPrependsWithoutASlashOfItsOwn() {
    Target target = table("/", "https://b.org/n$path", "strip=/old").routes().get(0).pick();
    assertEquals("https://b.org/n", target.location(Tables.get("h", "/old")));
    assertEquals("https://b.org/n/x%2Fy", target.location(Tables.get("h", "/old/x%2Fy")));
    assertTrue(target.isRedirect());
    assertFalse(Target.NONE.isRedirect());
  }
}
