package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeTest {
  private static HttpHeaders headers(String lines) {
    HttpHeaders headers = new DefaultHttpHeaders();
    for (String line : lines.split("~", -1)) {
      String[] parts = line.split(": ", 2);
      headers.add(parts[0], parts[1]);
    }
    return headers;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Connection: Upgrade~Upgrade: websocket|websocket",
        "connection: upgrade~upgrade: websocket|websocket",
        "Connection: UPGRADE~Upgrade: WebSocket|WebSocket",
        "Connection: keep-alive, Upgrade~Upgrade: websocket|websocket",
        "Connection: keep-alive~Connection: x,upgrade ~Upgrade: websocket|websocket",
        "Connection: Upgrade~Upgrade: foo/2, bar|foo/2, bar",
        "Connection: Upgrade~Upgrade: foo~Upgrade: bar|foo, bar",
        "Connection: Upgrade~Upgrade: ,, foo ,|foo",
        // Names of the list are whole words.
        "Connection: upgrades~Upgrade: websocket|\"\"",
        "Connection: keep-alive~Upgrade: websocket|\"\"",
        "Host: a~Upgrade: websocket|\"\"",
        "Connection: Upgrade~Host: a|\"\"",
        "Connection: Upgrade~Upgrade: ,|\"\"",
        // Nothing that would go around routes.
        "Connection: Upgrade~Upgrade: h2c|\"\"",
        "Connection: Upgrade, HTTP2-Settings~Upgrade: H2C, websocket|websocket",
      })
  void offersWhatConnectionNamesToo(String lines, String offered) {
    assertEquals(offered, Upgrade.offered(headers(lines)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "websocket|Upgrade: websocket|true",
        "websocket|upgrade: WebSocket|true",
        "foo/2, bar|Upgrade: bar|true",
        "foo/2, bar|Upgrade: foo/2, bar|true",
        "foo/2, bar|Upgrade: foo|false",
        "websocket|Upgrade: websocket, other|false",
        "websocket|Upgrade: other|false",
        "websocket|Connection: Upgrade|false",
      })
  void anAnswerTakesUpWhatWasOffered(String offered, String lines, boolean fits) {
    assertEquals(fits, Upgrade.fits(offered, headers(lines)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"websocket|true", "WebSocket|true", "foo, websocket|true", "websockets|false"})
  void knowsWebSocketWhateverItsCase(String offered, boolean webSocket) {
    assertEquals(webSocket, Upgrade.isWebSocket(offered));
  }
}
