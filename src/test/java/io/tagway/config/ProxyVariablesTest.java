package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyVariablesTest {
  private static final Map<String, String> PROXIES =
      Map.of(
          "HTTP_PROXY", "http://proxy.test:3128",
          "https_proxy", "secure.test:8443",
          "NO_PROXY",
              "near.test, .inner.test,*.star.test,10.0.0.0/8,192.0.2.7,[2001:db8::1],"
                  + "port.test:8500,192.0.2.8:81");

  @ParameterizedTest
  @CsvSource({
    "http://far.test/x, proxy.test:3128",
    "https://far.test/x, secure.test:8443",
    "http://near.test/x, DIRECT",
    "http://NEAR.test/x, DIRECT",
    "http://a.near.test/x, DIRECT",
    "http://a.inner.test/x, DIRECT",
    "http://inner.test/x, proxy.test:3128",
    "http://a.star.test/x, DIRECT",
    "http://notnear.test/x, proxy.test:3128",
    "http://10.1.2.3/x, DIRECT",
    "http://11.1.2.3/x, proxy.test:3128",
    "http://192.0.2.7:8500/x, DIRECT",
    "http://192.0.2.8:81/x, DIRECT",
    "http://192.0.2.8/x, proxy.test:3128",
    "http://[2001:db8::1]/x, DIRECT",
    "http://[2001:db8::2]/x, proxy.test:3128",
    "http://port.test:8500/x, DIRECT",
    "https://port.test/x, secure.test:8443",
    "http://localhost:1/x, DIRECT",
    "http://127.0.0.1/x, DIRECT",
    "http://[::1]/x, DIRECT"
  })
  void chooses(URI address, String proxy) {
    Proxy chosen = new ProxyChoice(PROXIES).select(address).get(0);
    String shown =
        chosen.address() instanceof InetSocketAddress at
            ? at.getHostString() + ":" + at.getPort()
            : "DIRECT";
    assertEquals(proxy, shown);
  }

  @Test
  void aStarMeansEveryServer() {
    ProxyVariables variables =
        new ProxyVariables(Map.of("HTTP_PROXY", "proxy.test", "NO_PROXY", "*"));
    assertEquals(Optional.empty(), variables.forServer("http", "far.test", 80));
  }

  @ParameterizedTest
  @CsvSource({
    "proxy.test, false, proxy.test, 80, '', ''",
    "http://me:s%40fe@proxy.test:3128/, false, proxy.test, 3128, me, s@fe",
    "http://[2001:db8::9]:3128, false, 2001:db8::9, 3128, '', ''",
    "socks5://me@socks.test, true, socks.test, 1080, me, ''"
  })
  void readsTheServer(
      String text, boolean socks, String host, int port, String user, String password) {
    assertEquals(
        Optional.of(new ProxyVariables.ProxyServer(socks, host, port, user, password)),
        new ProxyVariables(Map.of("HTTP_PROXY", text)).forServer("http", "far.test", 80));
  }

  @ParameterizedTest
  @CsvSource({"ftp://proxy.test", "http://me:secret@", "http://me:secret word@proxy.test"})
  void refusesWhatIsNoProxyAndShowsNoPassword(String text) {
    ProxyVariables variables = new ProxyVariables(Map.of("https_proxy", text));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> variables.forServer("https", "far.test", 443));
    assertEquals(
        "the variable HTTPS_PROXY is no proxy; http://host:port or socks5://host:port would fit",
        refused.getMessage());
    assertFalse(refused.toString().contains("secret"));
  }
}
