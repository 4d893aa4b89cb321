package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyVariablesTest {
  private static final ProxyVariables PROXIES =
      new ProxyVariables(
          Map.of(
              "HTTP_PROXY", "http://proxy.test:3128",
              "https_proxy", "secure.test:8443",
              "NO_PROXY", "near.test, .inner.test"));

  @ParameterizedTest
  @CsvSource({
    "http://far.test/x, proxy.test:3128",
    "https://far.test/x, secure.test:8443",
    "http://near.test/x, DIRECT",
    "http://a.near.test/x, DIRECT",
    "http://a.inner.test/x, DIRECT",
    "http://notnear.test/x, proxy.test:3128",
    "http://localhost:1/x, DIRECT",
    "http://127.0.0.1/x, DIRECT"
  })
  void chooses(URI address, String proxy) {
    Proxy chosen = PROXIES.select(address).get(0);
    String shown =
        chosen.address() instanceof InetSocketAddress at
            ? at.getHostString() + ":" + at.getPort()
            : "DIRECT";
    assertEquals(proxy, shown);
  }
}
