package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A properties file that comes over a real connection. */
class ConfigFileIT {
  private final CountDownLatch end = new CountDownLatch(1);
  private final Findings findings = new Findings();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  ConfigFileIT() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/file",
        exchange -> {
          byte[] body = "ui.title = caf\u00e9\n".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain; Charset=UTF-8");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/file");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.createContext("/never", exchange -> await());
    server.createContext(
        "/half",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write("a".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          await();
        });
    server.setExecutor(threads);
    server.start();
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private ConfigFile read(String path, Duration limit) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    return ConfigFile.read(url, Map.of(), Fetch.overHttp(Map.of(), limit), findings);
  }

  @Test
  void isFetchedAndDecodedAndRedirectsAreFollowed() {
    for (String path : List.of("/file", "/moved")) {
      ConfigFile file = read(path, Duration.ofSeconds(10));
      assertEquals(List.of(), findings.faults());
      assertEquals(Map.of("ui.title", new ConfigFile.Entry("caf\u00e9", 1)), file.entries());
    }
  }

  @Test
  void isNotWaitedForForEver() {
    read("/never", Duration.ofMillis(200));
    read("/half", Duration.ofMillis(200));
    assertEquals(2, findings.faults().size());
    findings.faults().forEach(fault -> assertTrue(fault.contains("cannot be fetched"), fault));
  }

  @Test
  void aServerThatIsNotThereIsReported() {
    server.stop(0);
    read("/file", Duration.ofSeconds(10));
    assertTrue(
        findings.faults().get(0).contains("cannot be fetched"), () -> "" + findings.faults());
  }
}
