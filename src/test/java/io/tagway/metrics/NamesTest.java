package io.tagway.metrics;

import static io.tagway.metrics.MetricsSettings.NAMES;
import static io.tagway.metrics.MetricsSettings.names;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as Fabio gives them. */
class NamesTest {
  private static final String DEFAULT = "{{clean .Hostname}}.{{clean .Exec}}";

  private final Meters meters = Meters.silent();
  private final Timer status = meters.timer(Families.HTTP_STATUS, "200", "svc-a");
  private final String[] route = {"svc-a", "a.test", "/x", "http://127.0.0.1:23201/"};

  @Test
  void flatNamesListLabelsAndValues() {
    assertEquals("P.http.status.code.200.service.svc-a", names("P.").flat(status));
    assertEquals(
        "P.requests.service.svc-a", names("P.").flat(meters.timer(Families.REQUESTS, "svc-a")));
    assertEquals(
        "P.http.redirect.count.code.302",
        names("P.").flat(meters.counter(Families.REDIRECTS, "302")));
    assertEquals("P.notfound", names("P.").flat(meters.counter(Families.NOT_FOUND)));
  }

  @Test
  void routesFollowTheTemplate() {
    Names names = names("P.");

    assertEquals(
        "P.svc-a.a_test./x.127_0_0_1_23201", names.flat(meters.timer(Families.ROUTE, route)));
    assertEquals(
        "P.svc-a.a_test./x.127_0_0_1_23201.rx",
        names.flat(meters.counter(Families.ROUTE_RX, route)));
    assertEquals(
        "P.svc-a._./.127_0_0_1_80",
        names.flat(meters.timer(Families.ROUTE, "svc-a", "", "/", "http://127.0.0.1:80/")));
  }

  @Test
  void theTemplateOfRoutesIsUsed() {
    Names names =
        new Names(
            MetricsSettings.with("P.", "r.{{.Service}}-{{.TargetURL.Host}}", ""), "h", "fabio");

    assertEquals("P.r.svc-a-127.0.0.1:23201", names.flat(meters.timer(Families.ROUTE, route)));
  }

  @ParameterizedTest
  @CsvSource({
    "fb,      fb.notfound",
    "fb.,     fb.notfound",
    "fb_,     fb_notfound",
    "'',      notfound",
    "{{clean .Hostname}}.{{clean .Exec}}, node-1_example.fabio.notfound"
  })
  void aDotComesBetweenPrefixAndName(String prefix, String name) {
    assertEquals(name, names(prefix).flat(meters.counter(Families.NOT_FOUND)));
    assertEquals(name, names(prefix).labelled(Families.NOT_FOUND));
  }

  @ParameterizedTest
  @CsvSource({
    "fb,      '',      fb_http_status",
    "fb,      edge.eu, fb_edge_eu_http_status",
    "'',      '',      http_status",
    "Fb:x,    '',      fb_x_http_status",
    "9a,      '',      _a_http_status",
    "{{clean .Hostname}}.{{clean .Exec}}, '', node_1_example_fabio_http_status"
  })
  void namesForPrometheusAreClean(String prefix, String subsystem, String name) {
    Names names =
        new Names(MetricsSettings.with(prefix, NAMES, subsystem), "node-1.example", "fabio");

    assertEquals(name, names.prometheus(Families.HTTP_STATUS));
  }

  @Test
  void whatIsOursHasNoPrefixInPrometheus() {
    assertEquals(
        "tagway_upstream_retries_total", names(DEFAULT).prometheus(UpstreamMeters.RETRIES));
  }

  @Test
  void theConsoleShowsNamesOfLabels() {
    assertEquals("fb.http.status.code.service", names("fb").labelNames(Families.HTTP_STATUS));
    assertEquals("fb.http.status", names("fb").console(Families.HTTP_STATUS));
  }

  @Test
  void circonusHasABacktick() {
    assertEquals("P`notfound", names("P").circonus(meters.counter(Families.NOT_FOUND)));
    assertEquals(
        "a.b`svc-a.a_test./x.127_0_0_1_23201",
        names("a.b").circonus(meters.timer(Families.ROUTE, route)));
  }
}
