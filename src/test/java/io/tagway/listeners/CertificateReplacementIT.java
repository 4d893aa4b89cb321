package io.tagway.listeners;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Busy;
import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.Eventually;
import io.tagway.testkit.SClient;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.UpstreamProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred connections are busy while the certificate of their listener is replaced. */
class CertificateReplacementIT {
  private static final Path FIXTURES = Path.of("src/test/resources/tls");
  private static final String ANSWER = "the upstream";
  private static final int CONNECTIONS = 100;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  private interface Place {
    /** Puts a file there, or replaces it. */
    void put(String name, String text) throws Exception;
  }

  private static void replace(Place place, String stem) throws Exception {
    for (String part : List.of("-cert.pem", "-key.pem")) {
      place.put("site" + part, Files.readString(FIXTURES.resolve(stem + part)));
    }
  }

  private static boolean serves(int port, String name) {
    return SClient.connect(port, "-noservername").contains("subject=CN = " + name + "\n");
  }

  private static void change(Place place, String source) throws Exception {
    replace(place, "a");
    try (UpstreamProcess upstream = UpstreamProcess.start(ANSWER);
        TagwayProcess tagway =
            TagwayProcess.start(
                List.of(
                    "-insecure",
                    "-registry.backend=static",
                    "-registry.static.routes=route add svc / http://127.0.0.1:"
                        + upstream.port()
                        + "/",
                    "-ui.addr=127.0.0.1:0",
                    "-proxy.cs=cs=site;" + source,
                    "-proxy.addr=127.0.0.1:0;cs=site"))) {
      int port = tagway.proxyPort("127.0.0.1");
      assertTrue(serves(port, "a.test"), tagway::log);
      try (Busy busy = new Busy(port, CONNECTIONS, ANSWER)) {
        for (String stem : List.of("b", "rsa", "a")) {
          replace(place, stem);
          Eventually.within(Duration.ofSeconds(20))
              .await("the certificate of " + stem, () -> serves(port, stem + ".test"));
          busy.awaitProgress();
        }
      }
      assertFalse(tagway.log().contains("Exception"), tagway::log);
    }
  }

  @Test
  void onDisk() throws Exception {
    change(
        (name, text) -> {
          Path fresh = Files.writeString(directory.resolve(".fresh"), text);
          Files.move(fresh, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        },
        "type=path;refresh=1s;cert=" + directory);
  }

  @Test
  void inConsul() throws Exception {
    try (ConsulProcess consul = ConsulProcess.dev()) {
      change(
          (name, text) -> consul.kv("certs/" + name, text),
          "type=consul;cert=http://" + consul.address() + "/v1/kv/certs");
    }
  }

  @Test
  void overHttp() throws Exception {
    Map<String, String> files = new ConcurrentHashMap<>();
    Vertx vertx = Vertx.vertx();
    try {
      HttpServer server =
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> {
                    String name = request.path().substring(1);
                    String text =
                        name.equals("list") ? String.join("\n", files.keySet()) : files.get(name);
                    request
                        .response()
                        .setStatusCode(text == null ? 404 : 200)
                        .end(text == null ? "" : text);
                  })
              .listen(0, "127.0.0.1")
              .await();
      change(
          files::put,
          "type=http;refresh=1s;cert=http://127.0.0.1:" + server.actualPort() + "/list");
    } finally {
      vertx.close().await();
    }
  }
}
