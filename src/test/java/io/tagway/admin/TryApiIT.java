package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /api/try}: sentences, statuses, and what is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TryApiIT {
  private final AdminServer server =
      AdminServer.start(
          Tables.of(
              "route add shop shop.test/ http://10.0.0.1:8080/",
              "route add shop shop.test/ http://10.0.0.2:8080/",
              "route add cart shop.test/cart http://10.0.0.3:8080/ opts \"strip=/cart host=dst\"",
              "route add wild *.test/ https://10.0.0.4/?k=v",
              "route add inner inner.test/ http://10.0.0.5/ opts \"allow=ip:10.0.0.0/8\"",
              "route add outer outer.test/ http://10.0.0.5/ opts \"deny=ip:192.0.2.0/24\"",
              "route add old old.test/ https://new.test$path opts \"redirect=301\"",
              "route add safe safe.test/ http://10.0.0.6/ opts \"auth=staff\"",
              "route add raw raw.test/ tcp://10.0.0.7:25",
              "route add call call.test/ grpc://10.0.0.8:50051",
              "route add mix mix.test/ http://10.0.0.1/ opts \"deny=ip:192.0.2.0/24\"",
              "route add mix2 mix.test/ http://10.0.0.2/",
              "route add any /any http://10.0.0.9/"));

  @AfterAll
  void stop() {
    server.close();
  }

  private AdminServer.Answer ask(String... parameters) throws IOException {
    return server.ask("GET", "/api/try?" + query(parameters));
  }

  private static String query(String... parameters) {
    return List.of(parameters).stream()
        .map(
            each -> {
              int equals = each.indexOf('=');
              return each.substring(0, equals + 1)
                  + URLEncoder.encode(each.substring(equals + 1), StandardCharsets.UTF_8);
            })
        .collect(Collectors.joining("&"));
  }

  private JsonObject tried(String... parameters) throws IOException {
    AdminServer.Answer answer = ask(parameters);
    assertEquals(200, answer.status(), answer.body());
    assertEquals("application/json; charset=utf-8", answer.header("Content-Type"));
    return new JsonObject(answer.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://shop.test/x | forward | 0 | GET shop.test/x goes to service shop, 2 targets: among"
            + " the routes of shop.test, / is the longest path that fits.",
        "https://A.test/x?y | forward | 0 | GET https://A.test/x?y goes to service wild: among the"
            + " routes of *.test, the closest pattern that fits, / is the longest path that fits.",
        "nowhere.org/any/1 | forward | 0 | GET nowhere.org/any/1 goes to service any: no route is"
            + " for its host, and among the routes without a host, /any is the longest path that"
            + " fits.",
        "nowhere.org/else | no-route | 404 | GET nowhere.org/else has no route and is answered with"
            + " 404: no route is for its host, and no path of the routes without a host fits.",
        "shop.test:9999/ | no-route | 404 | GET shop.test:9999/ has no route and is answered with"
            + " 404: no route is for its host, and no path of the routes without a host fits. Close"
            + " to its host the table has shop.test.",
        "inner.test | denied | 403 | GET inner.test/ is refused with 403: 192.0.2.1 is in none of"
            + " allow=ip:10.0.0.0/8. The route was found because among the routes of inner.test, /"
            + " is the longest path that fits.",
        "outer.test | denied | 403 | GET outer.test/ is refused with 403: 192.0.2.1 is in"
            + " ip:192.0.2.0/24 of deny=ip:192.0.2.0/24. The route was found because among the"
            + " routes of outer.test, / is the longest path that fits.",
        "old.test/a?b | redirect | 301 | GET old.test/a?b is redirected with 301 to"
            + " https://new.test/a?b: among the routes of old.test, / is the longest path that"
            + " fits.",
        "safe.test | forward | 0 | GET safe.test/ goes to service safe: among the routes of"
            + " safe.test, / is the longest path that fits. First it has to show credentials for"
            + " staff: without them the answer is 401.",
        "raw.test | unfit-target | 502 | GET raw.test/ is answered with 502: its target is"
            + " tcp://10.0.0.7:25, and no HTTP request can be sent to that. The route was found"
            + " because among the routes of raw.test, / is the longest path that fits.",
        "mix.test | mixed | 0 | What becomes of GET mix.test/ depends on the target whose turn it"
            + " is (1 would get it, 1 would refuse it): among the routes of mix.test, / is the"
            + " longest path that fits.",
        "http://a^b/ | refused | 400 | GET a^b/ is answered with 400: malformed Host header.",
        "http://shop.test/% | refused | 400 | GET shop.test/% is answered with 400: malformed"
            + " request target.",
      })
  void whatBecomesOfItIsSaid(String url, String ending, int status, String sentence)
      throws IOException {
    JsonObject told = tried("url=" + url, "client=192.0.2.1");
    assertEquals(sentence, told.getString("verdict"));
    assertEquals(ending, told.getString("ending"));
    assertEquals(status, told.getInteger("status"));
  }

  @Test
  void aTunnelHasNoRoute() throws IOException {
    JsonObject told = tried("method=CONNECT", "url=shop.test:443/");
    assertEquals(404, told.getInteger("status"));
    assertEquals("shop.test:443", told.getJsonObject("request").getString("target"));
  }

  @Test
  void theHeadIsToldLineByLine() throws IOException {
    JsonObject told =
        tried(
            "method=POST",
            "url=http://shop.test/cart/a?b=c",
            "client=192.0.2.1",
            "header=X-Forwarded-For: 198.51.100.1",
            "header=connection: x-mine",
            "header=X-Mine: 1",
            "header=Accept: a/b");
    JsonObject sent = told.getJsonArray("targets").getJsonObject(0).getJsonObject("sent");
    assertEquals("http://10.0.0.3:8080/a?b=c", sent.getString("url"));
    assertEquals("10.0.0.3:8080", sent.getString("address"));
    assertEquals("POST /a?b=c HTTP/1.1", sent.getString("start"));
    assertEquals("POST /cart/a?b=c HTTP/1.1", sent.getString("startWas"));
    assertEquals(
        """
        altered Host: 10.0.0.3:8080 (was shop.test)
        kept Accept: a/b
        added X-Real-Ip: 192.0.2.1
        added X-Forwarded-Proto: http
        added X-Forwarded-Port: 80
        added X-Forwarded-Host: shop.test
        added Forwarded: for=192.0.2.1; proto=http; by=10.9.8.7; httpproto=http/1.1
        altered X-Forwarded-For: 198.51.100.1, 192.0.2.1 (was 198.51.100.1)
        added X-Forwarded-Prefix: /cart
        added X-Request-Id: 00000000-0000-4000-8000-000000000000 (varies)
        added Content-Length: 0
        """,
        lines(sent.getJsonArray("lines")));
    assertEquals(
        "[{\"name\":\"connection\",\"value\":\"x-mine\"},{\"name\":\"X-Mine\",\"value\":\"1\"}]",
        sent.getJsonArray("removed").encode());
  }

  private static String lines(JsonArray lines) {
    return lines.stream()
        .map(JsonObject.class::cast)
        .map(
            line ->
                line.getString("change")
                    + " "
                    + line.getString("name")
                    + ": "
                    + line.getString("value")
                    + (line.getString("was").isEmpty()
                        ? ""
                        : " (was " + line.getString("was") + ")")
                    + (line.getBoolean("varies") ? " (varies)" : "")
                    + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void aTargetOfHttp2HasPseudoHeaders() throws IOException {
    JsonObject told = tried("url=http://call.test/pkg.Service/Do", "client=192.0.2.1");
    JsonObject sent = told.getJsonArray("targets").getJsonObject(0).getJsonObject("sent");
    assertTrue(sent.getBoolean("http2"));
    String lines = lines(sent.getJsonArray("lines"));
    assertTrue(lines.contains("kept :path: /pkg.Service/Do\n"), lines);
    assertTrue(lines.contains("kept :authority: call.test\n"), lines);
    assertTrue(lines.contains("added x-real-ip: 192.0.2.1\n"), lines);
    assertEquals("[]", sent.getJsonArray("removed").encode());
  }

  @Test
  void theCallerCountsIfNoClientIsNamed() throws IOException {
    assertEquals("127.0.0.1", tried("url=shop.test").getJsonObject("request").getString("client"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client=10.0.0.1 | url: missing; http://shop.example.com/cart?x=1 would fit",
        "url=/path | url: there is no host; http://shop.example.com/cart would have one",
        "url=ftp://a/ | url: \"ftp\" is no scheme of a listener; http and https are",
        "url=http://u:p@a/ | url: no user or password, please: a header Authorization is what is"
            + " sent",
        "url=http://bücher.example/ | url: \"bücher.example\" is no host in ASCII;"
            + " xn--bcher-kva.example would be",
        "url=a/&method=G T | method: \"G T\" is no method; GET or POST would be",
        "url=a/&client=host | client: \"host\" is no IP address; 192.0.2.7 or 2001:db8::7 would be",
        "url=a/&header=what | header: \"what\" is no header; Accept: text/html would be",
        "url=a/&header=a b: c | header: \"a b: c\" is no header; Accept: text/html would be",
        "url=a/&header=A: é | header: the value of A is not plain ASCII",
        "url=a/&header=Content-Length: x | header: Content-Length is a number; a real request would"
            + " get 400",
      })
  void whatIsNoRequestIsRefused(String parameters, String reason) throws IOException {
    AdminServer.Answer answer = ask(parameters.split("&"));
    assertEquals(400, answer.status());
    assertEquals(reason + "\n", answer.body());
  }

  @Test
  void controlsAndBrokenEscapesAreRefused() throws IOException {
    assertEquals(400, server.ask("GET", "/api/try?url=a/%0d%0aX:y").status());
    assertEquals(400, server.ask("GET", "/api/try?url=a/&header=A:%20b%0d%0aC:%20d").status());
    assertEquals(400, server.ask("GET", "/api/try?url=%zz").status());
    assertEquals(400, server.ask("GET", "/api/try?url=a/" + "&header=A:b".repeat(101)).status());
    assertEquals(200, server.ask("GET", "/api/try?url=a/" + "&header=A:b".repeat(99)).status());
    assertEquals(405, server.ask("POST", "/api/try?url=a/").status());
  }

  @Test
  void whatIsNotAsciiInAPathIsEscaped() throws IOException {
    JsonObject told = tried("url=http://shop.test/ä b");
    assertEquals("/%C3%A4%20b", told.getJsonObject("request").getString("target"));
    assertEquals("/ä b", told.getJsonObject("lookup").getString("path"));
  }

  @Test
  void readOnlyIsEnough() throws IOException {
    try (AdminServer readOnly =
        AdminServer.start(
            Tables.of("route add a / http://10.0.0.1/"), AdminServer.ui(true, "/x"))) {
      assertEquals(200, readOnly.ask("GET", "/x/api/try?url=a").status());
      assertEquals(200, readOnly.ask("GET", "/x/try?url=a").status());
    }
  }
}
