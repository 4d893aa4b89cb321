package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Fabio finds late, or by crashing, and what is found here while loading. */
class RulesTest {

  private static Loaded load(String... words) {
    Machine machine =
        ConfigCases.machine(
            address -> {
              throw new IOException("no network");
            });
    return Configuration.load("tagway", "1.7.3", List.of(words), Map.of(), machine);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-glob.cache.size=0 | glob.cache.size: must be between 1 and 2147483647",
        "-metrics.interval=0 | metrics.interval: must be above 0",
        "-metrics.interval=-1s | metrics.interval: must be above 0",
        "-metrics.prometheus.path= | metrics.prometheus.path: must start with /",
        "-metrics.target=prometheus,prometheus | metrics.target: prometheus is named twice",
        "-metrics.target=promeths | (did you mean prometheus?)",
        "-metrics.names={{.Nope}} | metrics.names: invalid template: unknown field .Nope",
        "-proxy.cs=cs=a;type=consul;cert=h:8500/x | proxy.cs: not a URL of the Consul KV store",
        "-proxy.cs=cs=a;type=vault;cert=c;vaultfetchtoken=t | proxy.cs: unknown vaultfetchtoken",
        "-proxy.cs=a;type=file;cert=c | proxy.cs: a text without a key",
        "-proxy.addr=:http | proxy.addr: not a port: \"http\"",
        "-proxy.addr=:1;addr=:2 | proxy.addr: two addresses, :1 and :2",
        "-proxy.addr=:1,:1 | proxy.addr: the address :1 is taken by another listener",
        "-proxy.addr=:9998 | proxy.addr: the address :9998 is taken by ui.addr",
        "-proxy.addr=:1;pxyproto=true;pxyfrom=10.0.0.0/33 | proxy.addr: pxyfrom=10.0.0.0/33: ",
        "-proxy.addr=:1;pxyproto=true;pxyfrom=lb.example.com | is no address and no block",
        "-proxy.addr=:1;pxyproto=true;pxyfrom= | proxy.addr: pxyfrom=: ",
        "-proxy.addr=:1;pxyfrom=10.0.0.0/8 | pxyfrom says whose PROXY headers are read",
        "-proxy.maxconn=2147483648 | proxy.maxconn: must fit into 32 bits",
        "-registry.consul.pollinterval=-1s | pollinterval: must not be negative",
        "-registry.consul.addr=user@host:1 | registry.consul.addr: cannot be understood",
        "-registry.consul.addr=http:// | registry.consul.addr: cannot be understood",
        "-log.routes.format=tree | log.routes.format: unknown value",
        "-ui.path=fabio | ui.path: must start with /",
        "-bgp.asn=4294967296 | bgp.asn: must be between 0 and 4294967295",
        "-bgp.peers=address=192.0.2.1;multihoplength=x | bgp.peers: multihoplength=x"
      })
  void refuses(String word, String message) {
    Expectation.refused(1, message, load(word));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Inf", "NaN", "1,Inf"})
  void refusesBucketsThatCannotBePrinted(String buckets) {
    Expectation.refused(
        2, "for flag -metrics.prometheus.buckets", load("-metrics.prometheus.buckets", buckets));
  }

  @ParameterizedTest
  @CsvSource({"'',5s", "0,5s", "100ms,1s", "-1s,1s", "7s,7s"})
  void pausesBetweenLooksAtTheTable(String written, String effective) {
    String key = written.isEmpty() ? "" : ";refresh=" + written;
    assertEquals(
        GoDuration.parse(effective),
        Reading.of(
            Expectation.started(load("-proxy.addr=:1;proto=tcp-dynamic" + key))
                .settings()
                .listeners()
                .get(0)
                .refresh()));
  }

  @Test
  void theRegistrationAddressIsCheckedOnlyWhenItIsUsed() {
    Expectation.refused(
        1, "registry.consul.register.addr", load("-registry.consul.register.addr=name"));
    Expectation.started(load("-registry.consul.register.addr=", "-registry.backend=static"));
    Expectation.started(
        load("-registry.consul.register.addr=", "-registry.consul.register.enabled=false"));
    assertEquals(
        "name:1",
        Expectation.started(load("-registry.consul.register.addr=name:1"))
            .settings()
            .registry()
            .consul()
            .registration()
            .addr());
  }

  @Test
  void staleAndConsistentReadsClashOnlyWhenBothWereGiven() {
    Expectation.refused(
        1,
        "cannot both be true",
        load("-registry.consul.allowStale", "-registry.consul.requireConsistent"));
  }

  @Test
  void strictMatchIsForcedByCertificatesOnDemand() {
    Loaded.Start start =
        Expectation.started(
            load("-proxy.cs=cs=n;type=vault-pki;cert=p", "-proxy.addr=:1;cs=n;strictmatch=false"));
    assertEquals(true, start.settings().listeners().get(0).strictMatch());
    assertEquals(
        1,
        start.warnings().stream()
            .filter(
                w ->
                    w.equals(
                        "vault-pki requires strictmatch; enabling strictmatch for listener :1"))
            .count());
  }
}
