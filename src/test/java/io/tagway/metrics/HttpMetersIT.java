package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Eventually;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.UpstreamProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the packed router measures of HTTP and TCP, read from the page for Prometheus. */
class HttpMetersIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void everyKindOfEndIsMeasured() throws Exception {
    int closed = freePort();
    int tcp = freePort();
    try (UpstreamProcess upstream = UpstreamProcess.start("u");
        TagwayProcess tagway = start(upstream.port(), closed, tcp)) {
      int proxy = tagway.proxyPort();
      int admin = tagway.adminPort();
      get(proxy, "/r");
      get(proxy, "/retry");
      WebSocket socket =
          HTTP.newWebSocketBuilder()
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + proxy + "/ws"), new WebSocket.Listener() {})
              .get(10, TimeUnit.SECONDS);
      awaitLine(admin, "fb_ws_conn 1");
      socket.abort();
      awaitLine(admin, "fb_ws_conn 0");
      // A tunnel counts when it ends, and a WebSocket has no status.
      awaitLine(admin, "fb_requests_count{service=\"ws\"} 1");
      assertTrue(!page(admin).contains("code=\"101\""), () -> page(admin));

      awaitLine(admin, "fb_http_redirect_count{code=\"302\"} 1");
      awaitLine(admin, "fb_http_status_count{code=\"200\",service=\"retry\"} 1");
      awaitLine(admin, "tagway_upstream_retries_total{service=\"retry\"} 1");
      awaitLine(admin, "tagway_upstream_connections{address=\"127.0.0.1:" + closed + "\"} 0");
      awaitLine(admin, "tagway_upstream_waiting{address=\"127.0.0.1:" + closed + "\"} 0");

      try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), tcp)) {
        connection.setSoTimeout(10_000);
        String request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        int length = connection.getInputStream().readAllBytes().length;
        String labels =
            "{service=\"t\",host=\":%d\",path=\"\",target=\"tcp://127.0.0.1:%d\"} "
                .formatted(tcp, upstream.port());
        awaitLine(admin, "fb_tcp_conn 1");
        awaitLine(admin, "fb_route_tx" + labels + request.length());
        awaitLine(admin, "fb_route_rx" + labels + length);
      }
    }
  }

  private static TagwayProcess start(int upstream, int closed, int tcp) throws IOException {
    String routes =
        """
        route add red /r http://x/ opts "redirect=302"
        route add ws /ws http://127.0.0.1:%1$d/
        route add retry /retry http://127.0.0.1:%2$d/
        route add retry /retry http://127.0.0.1:%1$d/
        route add t :%3$d tcp://127.0.0.1:%1$d
        """
            .formatted(upstream, closed, tcp);
    return TagwayProcess.start(
        List.of(
            "-insecure",
            "-registry.backend=static",
            "-registry.static.routes=" + routes,
            "-proxy.strategy=rr",
            "-ui.addr=127.0.0.1:0",
            "-proxy.addr=127.0.0.1:0,127.0.0.1:" + tcp + ";proto=tcp",
            "-metrics.target=prometheus",
            "-metrics.prefix=fb"));
  }

  private static void awaitLine(int admin, String line) {
    Eventually.soon(line, () -> page(admin).contains("\n" + line + "\n"));
  }

  private static String page(int admin) {
    return get(admin, "/metrics");
  }

  private static String get(int port, String path) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
