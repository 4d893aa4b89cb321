package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Eventually;
import io.tagway.testkit.LogCapture;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists of certificates on a web server. */
class HttpSourceIT {
  private final Vertx vertx = Vertx.vertx();
  private final LogCapture log = new LogCapture();
  private final Map<String, String> files = new ConcurrentHashMap<>();
  private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server = open();

  private HttpServer open() {
    return TlsTestServer.await(
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  requests.add(request);
                  String text = files.get(request.path());
                  request.response().setStatusCode(text == null ? 404 : 200);
                  request.response().end(text == null ? "<html>not here" : text);
                })
            .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() {
    log.close();
    TlsTestServer.await(vertx.close());
  }

  private String address(String host, String pathAndQuery) {
    return "http://" + host + ":" + server.actualPort() + pathAndQuery;
  }

  private CertificateSource start(Fixtures.Source settings) {
    CertificateSource source = CertificateSource.of(vertx, settings.settings(), Map.of());
    TlsTestServer.await(source.start());
    return source;
  }

  private static List<String> names(CertificateSource source) {
    return source.current().all().stream().map(ServerCertificate::file).toList();
  }

  private void putPair(String folder, String stem) {
    for (String kind : List.of("-cert.pem", "-key.pem")) {
      files.put(folder + stem + kind, Fixtures.text(stem + kind));
    }
  }

  @Test
  void readsWhatTheListNames() {
    putPair("/certs/", "a");
    putPair("/certs/sub/", "b");
    files.put(
        "/certs/list.txt",
        "sub/b-cert.pem\r\nsub/b-key.pem\r\n\r\n  a-cert.pem \r\na-key.pem\r\nREADME");
    CertificateSource source =
        start(Fixtures.source("http", address("127.0.0.1", "/certs/list.txt")));
    assertEquals(List.of("a-cert.pem", "sub/b-cert.pem"), names(source));
    assertEquals(List.of(), log.alarms());
  }

  @Test
  void sendsQueryHeaderAndUserToItsOwnServerOnly() {
    putPair("/", "a");
    files.put("/list", "a-cert.pem\n" + address("localhost", "/a-key.pem") + "\n");
    CertificateSource source =
        start(
            Fixtures.source("http", address("user:pass@127.0.0.1", "/list?token=secret"))
                .header("X-Key", "value"));
    for (HttpServerRequest request : requests) {
      boolean own = String.valueOf(request.getHeader("Host")).startsWith("127.");
      assertEquals(own ? "value" : null, request.getHeader("X-Key"), request.path());
      assertEquals(own ? "token=secret" : null, request.query());
      assertEquals(
          own ? "Basic dXNlcjpwYXNz" : null, request.getHeader("Authorization"), request.path());
    }
    assertEquals(3, requests.size());
    // A key that is named by a full address is no pair with a certificate that is not.
    assertTrue(source.current().isEmpty());
    assertEquals(List.of(), log.lines("secret"));
    assertEquals(List.of(), log.lines("pass"));
  }

  @Test
  void looksAtTheStatus() {
    CertificateSource source =
        start(Fixtures.source("http", address("127.0.0.1", "/list?token=secret")));
    assertTrue(source.current().isEmpty());
    assertEquals(
        List.of(
            "WARNING cert: test: GET "
                + address("127.0.0.1", "/list")
                + ": the answer has status 404"),
        log.alarms());
  }

  @Test
  void aFileThatIsNotThereDoesNotTouchTheOthers() {
    putPair("/", "a");
    files.put("/list", "a-cert.pem\na-key.pem\nb.pem");
    CertificateSource source = start(Fixtures.source("http", address("127.0.0.1", "/list")));
    assertEquals(List.of("a-cert.pem"), names(source));
    assertEquals(1, log.lines("skipped b.pem: GET").size());
  }

  @Test
  void keepsWhatItHadAndSaysSoOnce() {
    putPair("/", "a");
    files.put("/list", "a-cert.pem\na-key.pem");
    CertificateSource source = start(Fixtures.source("http", address("127.0.0.1", "/list")));
    files.remove("/list");
    int before = requests.size();
    Eventually.within(Duration.ofSeconds(20))
        .await("three more tries", () -> requests.size() >= before + 3);
    assertEquals(List.of("a-cert.pem"), names(source));
    assertEquals(1, log.lines("the certificates it had stay in use").size());
    TlsTestServer.await(source.close());
  }

  @Test
  void readsClientAuthorities() {
    putPair("/", "a");
    files.put("/list", "a-cert.pem\na-key.pem");
    files.put("/ca/list", "ca.pem");
    files.put("/ca/ca.pem", Fixtures.text("ca.crt"));
    CertificateSource source =
        start(
            Fixtures.source("http", address("127.0.0.1", "/list"))
                .clientCa(address("127.0.0.1", "/ca/list")));
    assertEquals(1, source.clientAuthorities().size());
    assertNull(requests.get(0).getHeader("Authorization"));
  }
}
