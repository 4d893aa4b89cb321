package io.tagway.listeners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.PlaywrightException;
import io.tagway.admin.Browser;
import io.tagway.testkit.TagwayProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** WebSockets of programs that others wrote, through the packed router; its memory stays flat. */
class WebSocketPeersIT {
  private static final int MEBIBYTES = 100;

  /** Far less than what flows, more than a JVM that warms up takes. */
  private static final long MORE_KIB_AT_MOST = 48 << 10;

  /** Waits for each echo a few messages behind, so that both directions are full. */
  private static final String SCRIPT =
      """
      async ([url, count, text]) => {
        const size = 1 << 20;
        const bytes = Uint8Array.from({length: size + 256}, (_, i) => i * 7);
        const words = '\\u20acua'.repeat((size - 7) / 5 | 0);
        const message = n => text ? String(n).padStart(7, '0') + words : bytes.slice(n, n + size);
        const same = (got, sent) => {
          if (text) return got === sent;
          const seen = new Uint8Array(got);
          for (let i = 0; i < size; i++) if (seen[i] !== sent[i]) return false;
          return seen.length === size;
        };
        const socket = new WebSocket(url, ['echo.one']);
        socket.binaryType = 'arraybuffer';
        return await new Promise((done, fail) => {
          let sent = 0, came = 0;
          const more = () => {
            while (sent < count && sent - came < 8) socket.send(message(sent++));
          };
          socket.onopen = more;
          socket.onerror = () => fail(new Error('the socket broke after ' + came));
          socket.onmessage = event => {
            if (!same(event.data, message(came))) fail(new Error(came + ' came back changed'));
            came++;
            more();
            if (came === count) socket.close(4001, 'enough');
          };
          socket.onclose = event =>
              done([came, socket.protocol, event.code, event.reason, event.wasClean].join(' '));
        });
      }
      """;

  @SuppressWarnings("NullAway.Init")
  private static WebSocketPeer server;

  @SuppressWarnings("NullAway.Init")
  private static TagwayProcess tagway;

  @BeforeAll
  static void start() throws Exception {
    server = WebSocketPeer.echo();
    tagway =
        TagwayProcess.start(
            List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:MaxDirectMemorySize=64m"),
            List.of(
                "-insecure",
                "-registry.backend=static",
                "-registry.static.routes=route add echo /echo http://"
                    + server.plain()
                    + "/\nroute add deflate /deflate http://"
                    + server.deflate()
                    + "/",
                "-ui.addr=127.0.0.1:0",
                "-proxy.addr=127.0.0.1:0"),
            Map.of());
    tagway.proxyPort();
  }

  @AfterAll
  static void stop() {
    server.close();
    tagway.close();
  }

  private static String url(String path) {
    return "ws://127.0.0.1:" + tagway.proxyPort() + path;
  }

  private static String python(int mebibytes) throws IOException {
    return WebSocketPeer.exchange(url("/echo"), url("/deflate"), mebibytes);
  }

  @Test
  void pythonSendsAHundredMegabytesThereAndBack() throws Exception {
    assertEquals("all came back\n", python(10));
    long before = tagway.residentKib();
    assertEquals("all came back\n", python(MEBIBYTES));
    assertFlat(before);
  }

  @Test
  @Tag("browser")
  void aBrowserSendsAHundredMegabytesThereAndBack() throws Exception {
    try (Browser browser = new Browser();
        Browser.Tab tab = browser.open(url("/echo/page").replace("ws:", "http:"))) {
      tab.page().setDefaultTimeout(60_000);
      assertEquals("5 echo.one 4001 enough true", exchange(tab, 5, false));
      long before = tagway.residentKib();
      assertEquals("50 echo.one 4001 enough true", exchange(tab, MEBIBYTES / 2, false));
      assertEquals("50 echo.one 4001 enough true", exchange(tab, MEBIBYTES / 2, true));
      assertFlat(before);
      assertEquals(List.of(), tab.complaints());
    }
  }

  private static Object exchange(Browser.Tab tab, int count, boolean text) {
    try {
      return tab.page().evaluate(SCRIPT, List.of(url("/echo"), count, text));
    } catch (PlaywrightException e) {
      throw new AssertionError(tab.complaints() + tagway.log(), e);
    }
  }

  private static void assertFlat(long beforeKib) throws Exception {
    long more = tagway.residentKib() - beforeKib;
    assertTrue(more < MORE_KIB_AT_MOST, more + " KiB more");
  }
}
