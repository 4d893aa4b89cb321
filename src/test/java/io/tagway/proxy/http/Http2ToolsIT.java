package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.UpstreamProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packed jar with Netty's leak detector at its sharpest, and clients that others wrote. */
class Http2ToolsIT {
  private static final long BIG = 100L << 20;

  /** What the process may grow by in MiB while 100 MiB go through it, in each direction. */
  private static final long GROWTH_MIB = 48;

  private static UpstreamProcess upstream;
  private static TagwayProcess router;

  @BeforeAll
  static void start() throws IOException {
    upstream = UpstreamProcess.start("a");
    router =
        TagwayProcess.start(
            List.of(
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=64m",
                "-Dio.netty.leakDetection.level=paranoid"),
            List.of(
                "-insecure",
                "-proxy.addr",
                "127.0.0.1:0;h2c=true",
                "-ui.addr",
                "127.0.0.1:0",
                "-registry.backend",
                "static",
                "-registry.static.routes",
                "route add a / http://127.0.0.1:" + upstream.port() + "/"),
            Map.of());
  }

  @AfterAll
  static void stop() {
    // What leaks is told when the next buffer is allocated after a collection.
    assertFalse(router.log().contains("LEAK"), router.log());
    router.close();
    upstream.close();
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + router.proxyPort() + path;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
    return said;
  }

  private static String curl(String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("curl", "-s", "--max-time", "60"));
    command.addAll(List.of(more));
    return run(command.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2", "--http2-prior-knowledge"})
  void curlGetsAndSends100Megabytes(String how, @TempDir Path directory) throws Exception {
    String version = how.equals("--http1.1") ? "1.1" : "2";
    Path file = directory.resolve("big");
    try (var out =
        Files.newByteChannel(
            file,
            java.nio.file.StandardOpenOption.CREATE_NEW,
            java.nio.file.StandardOpenOption.WRITE)) {
      out.position(BIG - 1).write(ByteBuffer.allocate(1));
    }
    curl(how, url("/bytes/1000000"), "-o", "/dev/null");
    long before = router.residentKib();

    String got = "%{http_version} %{size_download}";
    assertEquals(
        version + " " + BIG, curl(how, url("/bytes/" + BIG), "-o", "/dev/null", "-w", got));
    // The body of a request with Upgrade comes before HTTP/2 does, and curl will not wait for it.
    assertEquals(
        BIG + " " + version,
        curl(
            how.equals("--http2") ? "--http2-prior-knowledge" : how,
            url("/count"),
            "-T",
            file.toString(),
            "-w",
            " %{http_version}"));

    long grown = (router.residentKib() - before) >> 10;
    assertTrue(grown < GROWTH_MIB, "grown by " + grown + " MiB");
  }

  @Test
  void curlSendsASmallBodyWithTheUpgrade() throws Exception {
    assertEquals("5 2", curl("--http2", url("/count"), "-d", "small", "-w", " %{http_version}"));
    assertEquals(
        "5 2",
        curl(
            "--http2",
            url("/count"),
            "-H",
            "Transfer-Encoding: chunked",
            "-d",
            "small",
            "-w",
            " %{http_version}"));
  }

  @Test
  void h2loadIsServedWithoutAnError() throws Exception {
    String said = run("h2load", "-n", "5000", "-c", "8", "-m", "32", url("/"));
    assertTrue(said.contains("5000 succeeded, 0 failed, 0 errored, 0 timeout"), said);
    assertTrue(said.contains("status codes: 5000 2xx"), said);
  }

  /** Counts what comes back, and asks for more when it has. */
  private static final class Counter implements WebSocket.Listener {
    final AtomicLong bytes = new AtomicLong();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      bytes.addAndGet(data.remaining());
      socket.request(1);
      return null;
    }
  }

  @Test
  void aWebSocketCarries100MegabytesBothWays() throws Exception {
    Counter counter = new Counter();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(url("/").replace("http", "ws")), counter)
            .get(10, TimeUnit.SECONDS);
    byte[] piece = new byte[32 << 10];
    socket.sendBinary(ByteBuffer.wrap(piece), true).get(10, TimeUnit.SECONDS);
    Await.until("the first is back", () -> counter.bytes.get() == piece.length);
    long before = router.residentKib();

    for (int i = 1; i < BIG / piece.length; i++) {
      socket.sendBinary(ByteBuffer.wrap(piece), true).get(10, TimeUnit.SECONDS);
    }
    Await.until("all is back", () -> counter.bytes.get() == BIG);

    long grown = (router.residentKib() - before) >> 10;
    assertTrue(grown < GROWTH_MIB, "grown by " + grown + " MiB");
    socket.abort();
  }
}
