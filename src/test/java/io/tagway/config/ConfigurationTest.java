package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

  private static Loaded load(List<String> args, Map<String, String> environment) {
    Machine machine =
        ConfigCases.machine(
            address -> {
              throw new IOException("no network");
            });
    return Configuration.load("bin/tagway", "1.7.3", args, environment, machine);
  }

  private static Loaded.Exit refused(List<String> args, Map<String, String> environment) {
    return assertInstanceOf(Loaded.Exit.class, load(args, environment));
  }

  private static Settings settings(List<String> args, Map<String, String> environment) {
    return Expectation.started(load(args, environment)).settings();
  }

  @Test
  void reportsEveryProblemWithItsSourceAndWhatWouldFit(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("c"), "# c\nui.access = write\n");
    Loaded.Exit exit =
        refused(
            List.of("-cfg", file.toString(), "-proxy.addr", ":1;proto=udp,x"),
            Map.of("PROXY_MAXCONN", "many"));
    assertEquals(1, exit.status());
    assertEquals(
        """
        2026/11/23 01:02:03 [FATAL] 1.7.3. proxy.maxconn: not a number: parse error (value "many" \
        from the environment variable PROXY_MAXCONN); fits: a whole number such as 10, 0x10 or 1_000
        2026/11/23 01:02:03 [FATAL] 1.7.3. ui.access: unknown value (value "write" from FILE line \
        2); fits: ro or rw
        2026/11/23 01:02:03 [FATAL] 1.7.3. proxy.addr: unknown protocol "udp" (value \
        ":1;proto=udp,x" from the command line); fits: http, https, grpc, grpcs, tcp, tcp-dynamic, \
        tcp+sni, https+tcp+sni, prometheus
        2026/11/23 01:02:03 [FATAL] 1.7.3. proxy.addr: entry 2: missing port in address "x" (value \
        ":1;proto=udp,x" from the command line); fits: :PORT, HOST:PORT or [IPV6]:PORT with a port \
        up to 65535
        """
            .replace("FILE", file.toString()),
        exit.stderr());
  }

  @Test
  void aUsageErrorDecidesTheStatusAndTheUsageFollows() {
    Loaded.Exit exit = refused(List.of("-nope", "-ui.access=x"), Map.of());
    assertEquals(2, exit.status());
    assertEquals(
        List.of(
            "flag provided but not defined: -nope",
            "2026/11/23 01:02:03 [FATAL] 1.7.3. ui.access: unknown value (value \"x\" from the"
                + " command line); fits: ro or rw",
            "Usage of bin/tagway:"),
        exit.stderr().lines().limit(3).toList());
  }

  @Test
  void warningsAreSeenAlsoWhenItEnds() {
    assertEquals(
        List.of(
            "2026/11/23 01:02:03 [WARN] proxy.addr: unknown key prot (did you mean proto?)",
            "2026/11/23 01:02:03 [FATAL] 1.7.3. proxy.addr: rt=5: time: missing unit in duration"
                + " \"5\" (value \":1;prot=tcp;rt=5\" from the command line); fits: a number with"
                + " a unit ns, us, ms, s, m or h, such as 1m30s"),
        refused(List.of("-proxy.addr=:1;prot=tcp;rt=5"), Map.of()).stderr().lines().toList());
  }

  @Test
  void neverShowsASecret() {
    String all =
        refused(
                    List.of(
                        "-proxy.cs=cs=a;hdr=Authorization: hunter2",
                        "-bgp.peers=address=x;asn=y;password=a;hunter2"),
                    Map.of())
                .stderr()
            + Expectation.started(
                    load(
                        List.of(
                            "-proxy.cs=cs=n;type=consul;cert=http://h/v1/kv/a?token=hunter2,"
                                + "cs=m;type=http;cert=c;hdr=X: hunter2",
                            "-proxy.addr=:1;cs=n,:2;cs=m",
                            "-metrics.circonus.apikey=hunter2",
                            "-registry.custom.queryparams=token=hunter2&a=b",
                            "-bgp.peers=address=192.0.2.1;password=hunter2"),
                        Map.of("CONSUL_HTTP_TOKEN", "hunter2")))
                .dump();
    assertFalse(all.contains("hunter2"), all);
    assertTrue(all.contains("\"Token\": \"***\""));
    assertTrue(all.contains("\"CertPath\": \"http://h/v1/kv/a?token=***\""));
  }

  @Test
  void takesWhatIsMissingFromTheVariablesOfConsul() {
    Settings.Consul consul =
        settings(
                List.of("-registry.consul.addr="),
                Map.ofEntries(
                    Map.entry("CONSUL_HTTP_ADDR", "https://Agent:8501"),
                    Map.entry("CONSUL_HTTP_TOKEN", "t"),
                    Map.entry("CONSUL_NAMESPACE", "ns"),
                    Map.entry("CONSUL_CACERT", "ca"),
                    Map.entry("CONSUL_CAPATH", "cas"),
                    Map.entry("CONSUL_CLIENT_CERT", "cert"),
                    Map.entry("CONSUL_CLIENT_KEY", "key"),
                    Map.entry("CONSUL_TLS_SERVER_NAME", "name"),
                    Map.entry("CONSUL_HTTP_SSL_VERIFY", "false")))
            .registry()
            .consul();
    assertEquals("https", consul.scheme());
    assertEquals("agent:8501", consul.addr());
    assertEquals("t", consul.token());
    assertEquals("ns", consul.namespace());
    assertEquals(new Settings.ConsulTls("key", "cert", "ca", "cas", "name", true), consul.tls());
  }

  @Test
  void theOptionBeatsTheVariableOfConsul() {
    Settings.Consul consul =
        settings(
                List.of("-registry.consul.token=o", "-registry.consul.addr=h:1"),
                Map.of("CONSUL_HTTP_TOKEN", "t", "CONSUL_HTTP_ADDR", "x:2"))
            .registry()
            .consul();
    assertEquals("o", consul.token());
    assertEquals("h:1", consul.addr());
  }

  @Test
  void refusesABadVariableOfConsul() {
    Loaded.Exit exit =
        refused(
            List.of("-registry.consul.addr="),
            Map.of("CONSUL_HTTP_ADDR", "ftp://x", "CONSUL_HTTP_SSL_VERIFY", "no"));
    assertEquals(1, exit.status());
    assertTrue(exit.stderr().contains("CONSUL_HTTP_ADDR: unknown scheme \"ftp\""));
    assertTrue(exit.stderr().contains("CONSUL_HTTP_SSL_VERIFY: parse error"));
  }

  @Test
  void keysOfConsulStartWithOneSlash() {
    Settings.Consul consul =
        settings(
                List.of("-registry.consul.kvpath=a/b", "-registry.consul.noroutehtmlpath=//n"),
                Map.of())
            .registry()
            .consul();
    assertEquals("/a/b", consul.kvPath());
    assertEquals("/n", consul.noRouteHtmlPath());
  }

  @Test
  void expandsAddressTemplates() {
    Settings settings =
        settings(
            List.of(
                "-proxy.addr={{ GetPrivateIP }}:80,\"{{ GetInterfaceIP \\\"eth1\\\" }}:81\"",
                "-ui.addr={{GetPublicIP}}:9998",
                "-proxy.localip={{ GetInterfaceIP \"none\" }}"),
            Map.of());
    assertEquals("10.1.2.3:80", settings.listeners().get(0).address());
    assertEquals("192.0.2.7:81", settings.listeners().get(1).address());
    assertEquals("192.0.2.7:9998", settings.ui().listener().address());
    assertEquals("192.0.2.7:9998", settings.registry().consul().registration().addr());
    assertEquals("", settings.http().localIp());
  }

  @Test
  void takesDefaultsFromTheMachine() {
    Settings settings = settings(List.of(), Map.of());
    assertEquals("10.1.2.3", settings.http().localIp());
    assertEquals(4, settings.lifecycle().gomaxprocs());
    assertEquals("/tmp", settings.lifecycle().profilePath());
  }

  @Test
  void refusesTheSameAddressTwice() {
    assertEquals(1, refused(List.of("-proxy.addr=:80", "-ui.addr=:80"), Map.of()).status());
    settings(List.of("-proxy.addr=:0,:0"), Map.of());
    settings(List.of("-proxy.addr=:80,:80;proto=tcp-dynamic"), Map.of());
  }

  @Test
  void warnsAboutMisspeltVariables() {
    assertEquals(
        List.of(
            "the environment variable Fabio_PROXY_ADRR sets no option (did you mean"
                + " FABIO_PROXY_ADDR?)"),
        Expectation.started(
                load(List.of(), Map.of("Fabio_PROXY_ADRR", "x", "FABIO_HOME", "/opt/fabio")))
            .warnings());
  }

  @Test
  void warnsAboutKeysOfTheFile(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("c"), "UI.TITLE=x\ntracing.Topic=t\nv=true\nzzz=1\nui.title=y\n");
    String at = " (" + file + " line ";
    assertEquals(
        List.of(
            "unknown option UI.TITLE (did you mean ui.title?)" + at + "1)",
            "tracing.Topic is not known: request tracing was removed in Fabio 1.7.0" + at + "2)",
            "v can only be given on the command line" + at + "3)",
            "unknown option zzz" + at + "4)"),
        Expectation.started(load(List.of("-cfg", file.toString()), Map.of())).warnings());
  }

  @Test
  void printsVersionAndRuntimeInTwoWords() {
    Loaded.Exit exit = refused(List.of("-v"), Map.of());
    assertEquals(new Loaded.Exit(0, "1.7.3 java17.0.1\n", ""), exit);
  }
}
