package io.tagway.accesslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.config.AccessLogFormat;
import io.tagway.proxy.Failure;
import io.tagway.proxy.Outcome;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFormatTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-03T00:26:51.053406227Z"));

  private static String line(String format, Outcome outcome) {
    Entry entry = new Entry(CLOCK, outcome);
    entry.show(outcome);
    LineBytes line = new LineBytes();
    LineFormat.of(format).write(entry, line);
    return new String(line.array(), 0, line.length(), StandardCharsets.UTF_8);
  }

  /** Bytes as the decoder of a message gives them. */
  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "$remote_addr,192.0.2.1:4711",
    "$remote_host,192.0.2.1",
    "$remote_port,4711",
    "$request,GET /a/b?x=1 HTTP/1.1",
    "$request_args,x=1",
    "$request_host,a.test:8080",
    "$request_method,GET",
    "$request_proto,HTTP/1.1",
    "$request_scheme,http",
    "$request_uri,/a/b?x=1",
    "$request_url,http://a.test:8080/a/b?x=1",
    "$response_body_size,5",
    "$response_status,200",
    "$response_time_ms,0.051",
    "$response_time_us,0.051034",
    "$response_time_ns,0.051034310",
    "$time_common,03/Nov/2026:00:26:51 +0000",
    "$time_rfc3339,2026-11-03T00:26:51Z",
    "$time_rfc3339_ms,2026-11-03T00:26:51.053Z",
    "$time_rfc3339_us,2026-11-03T00:26:51.053406Z",
    "$time_rfc3339_ns,2026-11-03T00:26:51.053406227Z",
    "$time_unix_ms,1793665611053",
    "$time_unix_us,1793665611053406",
    "$time_unix_ns,1793665611053406227",
    "$upstream_addr,up.test:81",
    "$upstream_host,up.test",
    "$upstream_port,81",
    "$upstream_request_scheme,http",
    "$upstream_request_uri,/b?x=1",
    "$upstream_request_url,http://up.test:81/b?x=1",
    "$upstream_service,svc",
    "$header.X-Foo,",
    "a$request_method.b,aGET.b",
    "$$request_method,$$request_method",
    "$.$request_method,$.GET",
  })
  void writesEachField(String format, String text) {
    assertEquals(text == null ? "" : text, line(format, new Outcomes().answered()));
  }

  @Test
  void knowsEveryFieldThatTheConfigurationAccepts() {
    for (String name : AccessLogFormat.fields()) {
      assertFalse(line("$" + name, new Outcomes().answered()).isEmpty(), name);
    }
  }

  @Test
  void commonAndCombinedAreWhatParsersExpect() {
    Outcome outcome = new Outcomes().sent("User-Agent", "ua \"q\"").answered();
    String common = "192.0.2.1 - - [03/Nov/2026:00:26:51 +0000] \"GET /a/b?x=1 HTTP/1.1\" 200 5";
    assertEquals(common, line("common", outcome));
    assertEquals(common + " \"\" \"ua \"q\"\"", line("combined", outcome));
  }

  @Test
  void headersAreThoseThatWentToTheTarget() {
    Outcome outcome =
        new Outcomes()
            .sent("Connection", "x")
            .sent("X-Real-Ip", "1.1.1.1")
            .sent("X-Forwarded-For", "2.2.2.2")
            .sent("Host", "a.test")
            .passed("X-Real-Ip", "3.3.3.3")
            .passed("X-Forwarded-For", "2.2.2.2, 192.0.2.1")
            .passed("Host", "up.test")
            .answered();
    assertEquals(
        "x|3.3.3.3|2.2.2.2||",
        line(
            "$header.connection|$header.X-REAL-IP|$header.X-Forwarded-For|$header.Host|", outcome));
  }

  @ParameterizedTest
  @CsvSource({
    "'','','',http",
    "https,'','',https",
    "'',for=1; proto=wss,'',wss",
    "'',for=1,'',http",
    "https,proto=wss,'',http",
    "'','',websocket,ws",
    "'','',h2c,http",
  })
  void theSchemeIsWhatRoutersBeforeThisOneTell(
      String proto, String forwarded, String upgrade, String scheme) {
    Outcomes outcome =
        new Outcomes()
            .sent("X-Forwarded-Proto", proto)
            .sent("Forwarded", forwarded)
            .sent("Upgrade", upgrade);
    assertEquals(scheme, line("$request_scheme", outcome.answered()));
  }

  @Test
  void theUrlIsTheNormalOneAndKeepsTheSchemeOfTheConnection() {
    assertEquals(
        "https://a.test:8080/c?%zz",
        line("$request_url", new Outcomes().tls().uri("/b/..//c?%zz").answered()));
    assertEquals(
        "http://a.test:8080/c?x",
        line("$request_url", new Outcomes().uri("http://a.test:8080/b/../c?x").answered()));
    assertEquals(
        "http://a.test:8080/",
        line("$request_url", new Outcomes().uri("http://a.test:8080").answered()));
  }

  @Test
  void ipv6AddressesStandInBrackets() {
    Outcome outcome =
        new Outcomes()
            .peer("2001:db8::1")
            .route("route add svc a.test/ http://[::1]:82/")
            .answered();
    assertEquals(
        "[2001:db8::1]:4711 [2001:db8::1] [::1]:82 [::1]",
        line("$remote_addr $remote_host $upstream_addr $upstream_host", outcome));
  }

  @Test
  void aTargetWithoutAPortHasThatOfItsScheme() {
    assertEquals(
        "up.test up.test 443",
        line(
            "$upstream_addr $upstream_host $upstream_port",
            new Outcomes().route("route add svc a.test/ https://up.test/").answered()));
  }

  @Test
  void theHostIsTheOneTheTargetWasAskedFor() {
    assertEquals(
        "up.test:81",
        line(
            "$request_host",
            new Outcomes()
                .route("route add svc a.test/ http://up.test:81/ opts \"host=dst\"")
                .answered()));
  }

  @Test
  void nothingThatAClientSendsStartsALineOrMovesTheCursor() {
    Outcome outcome =
        new Outcomes()
            .sent("X", "a\r\n\t\u001b[2J\u007f\u009bb\u00e9")
            .sent("Y", octets("é€\ud83d\ude00\u009b"))
            .answered();
    assertEquals(
        "a\\x0d\\x0a\\x09\\x1b[2J\\x7f\\x9bb\\xe9|é€\ud83d\ude00\\xc2\\x9b",
        line("$header.X|$header.Y", outcome));
  }

  @Test
  void serviceNamesAreTextOfAnyKind() {
    assertEquals(
        "d\u00e9j\u00e0-\u20ac",
        line(
            "$upstream_service",
            new Outcomes().route("route add d\u00e9j\u00e0-\u20ac a.test/ http://h/").answered()));
  }

  @Test
  void failuresShowWhatTheClientSaw() {
    String format = "$response_status $response_body_size";
    Outcomes outcome = new Outcomes();
    assertEquals("502 0", line(format, outcome.failed(Failure.DIAL_FAILED, 0, 1)));
    assertEquals("499 0", line(format, outcome.failed(Failure.CLIENT_GONE, 0, 1)));
    assertEquals("200 3", line(format, outcome.failed(Failure.ANSWER_CUT, 200, 1)));
    assertEquals("101 9", line(format, outcome.tunnelled()));
  }

  @Test
  void onlyWhatWasToBePassedOnHasALine() {
    LineFormat common = LineFormat.of("common");
    Outcomes outcome = new Outcomes();
    assertTrue(common.logs(outcome.answered()));
    assertTrue(common.logs(outcome.tunnelled()));
    assertTrue(common.logs(outcome.failed(Failure.DIAL_FAILED, 0, 1)));
    assertFalse(common.logs(outcome.failed(Failure.CLIENT_GONE, 0, 0)));
    assertFalse(common.logs(outcome.own(403)));
    assertTrue(LineFormat.of("json").logs(outcome.own(404)));
  }

  @Test
  void jsonHasWhatIsKnownOfAnAnswer() {
    Outcome outcome =
        new Outcomes().sent("User-Agent", "ua").sent("Referer", "http://r/").answered();
    assertEquals(
        "{\"time\":\"2026-11-03T00:26:51.053Z\",\"outcome\":\"answered\",\"status\":200,"
            + "\"client\":\"192.0.2.1\",\"client_port\":4711,\"protocol\":\"HTTP/1.1\","
            + "\"method\":\"GET\",\"scheme\":\"http\",\"host\":\"a.test:8080\","
            + "\"uri\":\"/a/b?x=1\",\"referer\":\"http://r/\",\"user_agent\":\"ua\","
            + "\"bytes\":5,\"duration_ms\":51.034,\"service\":\"svc\",\"route\":\"a.test/\","
            + "\"upstream\":\"up.test:81\",\"upstream_uri\":\"/b?x=1\",\"tries\":1,"
            + "\"head_ms\":40.000}",
        line("json", outcome));
  }

  @Test
  void jsonLeavesOutWhatDoesNotApply() {
    JsonObject own = new JsonObject(line("json", new Outcomes().own(404)));
    assertEquals("own", own.getString("outcome"));
    assertFalse(own.containsKey("service") || own.containsKey("upstream"), own.toString());
    JsonObject denied = new JsonObject(line("json", new Outcomes().own(403)));
    assertEquals("svc", denied.getString("service"));
    assertFalse(denied.containsKey("upstream_uri"), denied.toString());
    JsonObject failed =
        new JsonObject(line("json", new Outcomes().failed(Failure.DIAL_FAILED, 0, 3)));
    assertEquals("cannot connect", failed.getString("failure"));
    assertEquals(3, failed.getInteger("tries"));
    JsonObject tunnel = new JsonObject(line("json", new Outcomes().tunnelled()));
    assertEquals("websocket", tunnel.getString("tunnel"));
    assertEquals(7, tunnel.getInteger("sent_bytes"));
    assertEquals(9, tunnel.getInteger("bytes"));
  }

  @Test
  void jsonCanBeReadWhateverAClientSends() {
    String nasty = "\"\\\r\n\u0000\u007f\u00c3(\u00ed\u00a0\u0080\u00f4" + octets("é\ud83d\ude00");
    String line =
        line("json", new Outcomes().uri("/" + nasty).sent("User-Agent", nasty).answered());
    JsonObject read = new JsonObject(line);
    String expected = "\"\\\r\n\u0000\u007f\u00c3(\u00ed\u00a0\u0080\u00f4é\ud83d\ude00";
    assertEquals("/" + expected, read.getString("uri"));
    assertEquals(expected, read.getString("user_agent"));
    assertTrue(line.chars().allMatch(c -> c >= ' ' && c != 0x7f), line);
  }
}
