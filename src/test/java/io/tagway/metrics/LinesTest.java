package io.tagway.metrics;

import static io.tagway.metrics.MetricsSettings.names;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of each output, byte for byte. */
class LinesTest {
  private static final Bounds BOUNDS = new Bounds(List.of(0.005, 1.0, 2.5));

  @Test
  void thePageForPrometheus() {
    Meters meters = new Meters(BOUNDS, true, Events.NONE);
    meters.counter(Families.NOT_FOUND).add(3);
    Timer timer = meters.timer(Families.HTTP_STATUS, "200", "s\"v\\c\n");
    timer.record(4_000_000);
    timer.record(2_000_000_000);
    timer.record(3_000_000_000L);

    assertEquals(
        """
        # HELP fb_http_status Time of HTTP requests by status.
        # TYPE fb_http_status histogram
        fb_http_status_bucket{code="200",service="s\\"v\\\\c\\n",le="0.005"} 1
        fb_http_status_bucket{code="200",service="s\\"v\\\\c\\n",le="1"} 1
        fb_http_status_bucket{code="200",service="s\\"v\\\\c\\n",le="2.5"} 2
        fb_http_status_bucket{code="200",service="s\\"v\\\\c\\n",le="+Inf"} 3
        fb_http_status_sum{code="200",service="s\\"v\\\\c\\n"} 5.004
        fb_http_status_count{code="200",service="s\\"v\\\\c\\n"} 3
        # HELP fb_notfound Requests and connections without a route.
        # TYPE fb_notfound counter
        fb_notfound 3
        """,
        new PrometheusText(names("fb"), BOUNDS, true).page(meters));
  }

  @Test
  void aPageWithoutTheTargetShowsTheProcessOnly() {
    Meters meters = new Meters(Bounds.NONE, true, Events.NONE);
    meters.counter(Families.NOT_FOUND).increment();
    meters.gauge(Family.gauge("process.open.fds", "Open."), () -> 7);

    assertEquals(
        """
        # HELP process_open_fds Open.
        # TYPE process_open_fds gauge
        process_open_fds 7
        """,
        new PrometheusText(names("fb"), Bounds.NONE, false).page(meters));
  }

  @Test
  void theConsole() {
    StringBuilder out = new StringBuilder();
    assertEquals(
        """
        fb.notfound:1|c
        fb.notfound:2|c
        fb.ws.conn:1|g
        fb.ws.conn:0|g
        fb.http.status.code.service:2|ms
        """,
        console(out, false));
  }

  @Test
  void theConsoleWithValues() {
    StringBuilder out = new StringBuilder();
    assertEquals(
        """
        fb.notfound:1|c
        fb.notfound:2|c
        fb.ws.conn:1|g
        fb.ws.conn:0|g
        fb.http.status:2|ms|#code:200,service:svc-a
        """,
        console(out, true));
  }

  private static String console(StringBuilder out, boolean withValues) {
    ConsoleOutput console = new ConsoleOutput("x", names("fb"), withValues, out::append);
    Meters meters = new Meters(Bounds.NONE, false, console);
    meters.counter(Families.NOT_FOUND).increment();
    meters.counter(Families.NOT_FOUND).increment();
    meters.gauge(Families.WS_CONN).increment();
    meters.gauge(Families.WS_CONN).decrement();
    meters.timer(Families.HTTP_STATUS, "200", "svc-a").record(1_500_000);
    meters.counter(UpstreamMeters.RETRIES, "svc-a").increment();
    console.send();
    return out.toString();
  }

  @Test
  void graphite() {
    Meters meters = new Meters(Bounds.NONE, true, Events.NONE);
    GraphiteOutput output =
        new GraphiteOutput(
            meters,
            names("fb"),
            new HostPort("localhost", 1),
            Duration.ofSeconds(1),
            InstantSource.fixed(Instant.ofEpochSecond(1795411205)));
    meters.counter(Families.NOT_FOUND).increment();
    meters.timer(Families.GRPC_REQUESTS);

    assertEquals(
        """
        fb.grpc.requests.p50 -1.000000 1795411205
        fb.grpc.requests.p90 -1.000000 1795411205
        fb.grpc.requests.p95 -1.000000 1795411205
        fb.grpc.requests.p99 -1.000000 1795411205
        fb.notfound 1.000000 1795411205
        """,
        output.text());

    meters.timer(Families.GRPC_REQUESTS).record(1L << 20);
    String second = output.text();
    assertEquals(5, second.lines().count());
    assertEquals(
        "fb.grpc.requests.p50 1.114112 1795411205", second.lines().findFirst().orElseThrow());
    assertEquals("fb.notfound 0.000000 1795411205", second.lines().toList().get(4));

    assertEquals("fb.notfound 0.000000 1795411205\n", output.text());
  }

  @Test
  void circonus() {
    Meters meters = new Meters(Bounds.NONE, true, Events.NONE);
    meters.counter(Families.NOT_FOUND).add(2);
    meters.timer(Families.GRPC_REQUESTS).record(1L << 20);
    CirconusText text = new CirconusText(meters, names("a\"b"));

    assertEquals(
        "{\"a\\\"b`grpc.requests\":{\"_type\":\"n\",\"_value\":[\"H[1.0e+06]=1\"]},"
            + "\"a\\\"b`notfound\":{\"_type\":\"L\",\"_value\":2}}",
        text.next());
    assertEquals("{\"a\\\"b`notfound\":{\"_type\":\"L\",\"_value\":2}}", text.next());
  }
}
