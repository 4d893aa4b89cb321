package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Busy;
import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.LogCapture;
import io.tagway.testkit.SClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are replaced while a hundred connections are busy. */
class CertificateChangeIT {
  private static final int CONNECTIONS = 100;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  private interface Place {
    /** Puts a file there, or replaces it. */
    void put(String name, String text) throws Exception;
  }

  private static void replace(Place place, String stem) throws Exception {
    place.put("site-cert.pem", Fixtures.text(stem + "-cert.pem"));
    place.put("site-key.pem", Fixtures.text(stem + "-key.pem"));
  }

  private static String subject(TlsTestServer server) {
    String output = SClient.get(server.port(), "-noservername");
    int at = output.indexOf("subject=CN = ");
    return at < 0 ? output : output.substring(at + 13, output.indexOf('\n', at));
  }

  private static void awaitName(TlsTestServer server, String name) {
    server.awaitCertificates(
        "the certificate of " + name,
        now -> now.all().stream().anyMatch(certificate -> certificate.names().contains(name)));
  }

  /** The place has the certificate of a.test; it gets another, then rubbish, then a third. */
  private static void change(Place place, Fixtures.Source source) throws Exception {
    try (LogCapture log = new LogCapture();
        TlsTestServer server = TlsTestServer.http(Fixtures.listener(source))) {
      assertEquals("a.test", subject(server));
      try (Busy busy = new Busy(server.port(), CONNECTIONS, "HTTP_1_1 /x")) {
        replace(place, "b");
        awaitName(server, "b.test");
        assertEquals("b.test", subject(server));
        busy.awaitProgress();

        place.put("site-key.pem", "rubbish");
        place.put("other.pem", Fixtures.text("both.pem"));
        awaitName(server, "a.test");
        assertEquals("a.test", subject(server), "the first by name");
        String kept = SClient.get(server.port(), "-servername", "b.test");
        assertTrue(kept.contains("subject=CN = b.test"), kept);

        assertEquals(
            1,
            log.lines("there is no private key for it; what it was before stays in use").size(),
            () -> log.lines("cert:").toString());

        replace(place, "rsa");
        awaitName(server, "rsa.test");
        busy.awaitProgress();
      }
    }
  }

  @Test
  void onDisk() throws Exception {
    Place place =
        (name, text) -> {
          Path fresh = Files.writeString(directory.resolve(".fresh"), text);
          Files.move(fresh, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        };
    replace(place, "a");
    change(place, Fixtures.source("path", directory));
  }

  @Test
  void overHttp() throws Exception {
    Map<String, String> files = new ConcurrentHashMap<>();
    Vertx vertx = Vertx.vertx();
    HttpServer server =
        TlsTestServer.await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      String name = request.path().substring("/certs/".length());
                      String text =
                          name.equals("list")
                              ? String.join("\r\n", files.keySet()) + "\r\n"
                              : files.get(name);
                      boolean known = "t".equals(request.getParam("token")) && text != null;
                      request
                          .response()
                          .setStatusCode(known ? 200 : 404)
                          .end(known ? text : "<html>");
                    })
                .listen(0, "127.0.0.1"));
    try {
      replace(files::put, "a");
      change(
          files::put,
          Fixtures.source(
              "http", "http://127.0.0.1:" + server.actualPort() + "/certs/list?token=t"));
    } finally {
      TlsTestServer.await(vertx.close());
    }
  }

  @Test
  void inConsul() throws Exception {
    try (ConsulProcess consul = ConsulProcess.dev()) {
      Place place = (name, text) -> consul.kv("certs/" + name, text);
      replace(place, "a");
      change(
          place, Fixtures.source("consul", "http://" + consul.address() + "/v1/kv/certs?token=t"));
    }
  }

  @Test
  void inConsulThatGoesAwayAndComesBack() throws Exception {
    try (LogCapture log = new LogCapture();
        ConsulProcess consul = ConsulProcess.dev()) {
      Place place = (name, text) -> consul.kv("certs/" + name, text);
      replace(place, "a");
      Fixtures.Source source =
          Fixtures.source("consul", "http://" + consul.address() + "/v1/kv/certs");
      try (TlsTestServer server = TlsTestServer.http(Fixtures.listener(source))) {
        assertEquals("a.test", subject(server));
        consul.kill();
        assertEquals("a.test", subject(server), "kept while Consul is away");
        consul.start();
        // It has forgotten everything and counts its indexes anew.
        replace(place, "b");
        awaitName(server, "b.test");
        assertEquals("b.test", subject(server));
      }
      assertEquals(1, log.lines("the certificates it had stay in use").size());
      assertEquals(List.of(), log.lines("Exception"));
    }
  }
}
