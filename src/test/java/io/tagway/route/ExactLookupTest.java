package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports and TLS server names, beyond the cases. */
class ExactLookupTest {
  private static final Table TABLE =
      Tables.of(
          "route add any / tcp://10.0.0.1:1",
          "route add port :5432 tcp://10.0.0.2:1",
          "route add v6 [::1]:6000 tcp://10.0.0.3:1",
          "route add name a.org tcp://10.0.0.4:1",
          "route add deep b.org/x tcp://10.0.0.5:1",
          "route add wild *.org tcp://10.0.0.6:1",
          "route add web *.w.org https://10.0.0.7:1",
          "route add to *:443/ https://$host/ opts \"redirect=301\"",
          "route add narrow n?.org tcp://10.0.0.8:1");

  @ParameterizedTest
  @CsvSource({
    "'',''",
    ":5432,port",
    ":5433,''",
    "[::1]:6000,v6",
    "A.org,name",
    "a.org.,name",
    "b.org,''",
    "c.org,wild",
    "n1.org,narrow",
    "x.w.org,wild",
    "c.net,''",
    "1.2.3.4:5432,''"
  })
  void findsTheKey(String key, String service) {
    assertEquals(service, TABLE.lookupExact(key).service());
  }

  @ParameterizedTest
  @CsvSource({"c.org,''", "a.org,name"})
  void knowsNoPatternsWhereGlobsAreOff(String key, String service) {
    Table table =
        Tables.of(
            Tables.options(PathMatcher.PREFIX, false),
            "route add name a.org tcp://10.0.0.4:1",
            "route add wild *.org tcp://10.0.0.6:1");
    assertEquals(service, table.lookupExact(key).service());
  }
}
