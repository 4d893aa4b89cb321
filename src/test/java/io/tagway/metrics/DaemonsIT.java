package io.tagway.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Eventually;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.UpstreamProcess;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus, statsd and carbon get what the packed router sends them. */
class DaemonsIT {
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(30));
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int REQUESTS = 7;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  static Path directory;

  private static final List<AutoCloseable> OPEN = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private static TagwayProcess tagway;

  @SuppressWarnings("NullAway.Init")
  private static DatagramSocket datadog;

  private static int statsdAdmin;
  private static int page;
  private static int upstreamPort;

  @BeforeAll
  static void start() throws Exception {
    UpstreamProcess upstream = UpstreamProcess.start("u");
    OPEN.add(upstream);
    upstreamPort = upstream.port();
    datadog = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    OPEN.add(datadog);
    int statsd = startStatsd();
    int carbon = startCarbon();
    page = freePort();
    tagway =
        TagwayProcess.start(
            List.of(
                "-insecure",
                "-registry.backend=static",
                "-registry.static.routes=route add svc-a a.test/x http://127.0.0.1:"
                    + upstreamPort
                    + "/\nroute add gone b.test/ http://127.0.0.1:1/",
                "-ui.addr=127.0.0.1:0",
                "-proxy.addr=127.0.0.1:0,127.0.0.1:" + page + ";proto=prometheus",
                "-metrics.target=prometheus,statsd_raw,dogstatsd,graphite,flat",
                "-metrics.prefix=fb",
                "-metrics.interval=1s",
                "-metrics.statsd.addr=127.0.0.1:" + statsd,
                "-metrics.dogstatsd.addr=127.0.0.1:" + datadog.getLocalPort(),
                "-metrics.graphite.addr=127.0.0.1:" + carbon));
    OPEN.add(tagway);
    int proxy = tagway.proxyPort();
    tagway.awaitLog("PROMETHEUS proxy listening");
    for (int i = 0; i < REQUESTS; i++) {
      assertTrue(get(proxy, "a.test", "/x").startsWith("HTTP/1.1 200 "));
    }
    assertTrue(get(proxy, "c.test", "/").startsWith("HTTP/1.1 404 "));
    assertTrue(get(proxy, "b.test", "/").startsWith("HTTP/1.1 502 "));
  }

  @AfterAll
  static void stop() throws Exception {
    for (int i = OPEN.size() - 1; i >= 0; i--) {
      OPEN.get(i).close();
    }
  }

  @Test
  void promtoolFindsNothingButTheNamesThatFabioChose() throws Exception {
    String found =
        Daemon.run(fetch(page, "/metrics"), List.of("promtool", "check", "metrics"))
            .lines()
            .filter(line -> !line.startsWith("fb_notfound counter metrics should have \"_total\""))
            .reduce("", (all, line) -> all + line + "\n");

    assertEquals("", found);
  }

  @Test
  void thePageIsOnTheAdminPortAsWellAndOtherPathsLeadToIt() throws Exception {
    assertTrue(fetch(tagway.adminPort(), "/metrics").contains("\nfb_notfound 1\n"));
    HttpResponse<String> other =
        HTTP.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page + "/other")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(308, other.statusCode());
    assertEquals("/metrics", other.headers().firstValue("Location").orElse(""));
  }

  @Test
  void prometheusScrapes() throws Exception {
    int port = freePort();
    Path config = directory.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: tagway
            static_configs:
              - targets: ["127.0.0.1:%d"]
        """
            .formatted(page));
    Daemon prometheus =
        new Daemon(
            directory.resolve("prometheus.log"),
            "prometheus",
            "--config.file=" + config,
            "--storage.tsdb.path=" + directory.resolve("tsdb"),
            "--web.listen-address=127.0.0.1:" + port);
    OPEN.add(prometheus);

    awaitQuery(port, "fb_requests_count{service=\"svc-a\"}", String.valueOf(REQUESTS));
    awaitQuery(port, "fb_http_status_count{code=\"502\",service=\"gone\"}", "1");
    awaitQuery(port, "fb_http_status_bucket{code=\"200\",le=\"+Inf\"}", String.valueOf(REQUESTS));
    awaitQuery(port, "tagway_upstream_failures_total{service=\"gone\",cause=\"dial_failed\"}", "1");
    awaitQuery(port, "up", "1");
    dashboardAsksWhatPrometheusUnderstands(port);
  }

  private static void dashboardAsksWhatPrometheusUnderstands(int port) throws IOException {
    JsonObject dashboard =
        new JsonObject(Files.readString(Path.of("examples/grafana-dashboard.json")));
    int asked = 0;
    for (Object panel : dashboard.getJsonArray("panels")) {
      for (Object target : ((JsonObject) panel).getJsonArray("targets")) {
        String query =
            ((JsonObject) target)
                .getString("expr")
                .replace("${prefix}", "fb")
                .replace("$instance", ".*")
                .replace("$__rate_interval", "5s");
        String answer =
            fetch(port, "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        assertEquals("success", new JsonObject(answer).getString("status"), query + ": " + answer);
        asked++;
      }
    }
    assertTrue(asked > 25, () -> dashboard.encode());
  }

  private static void awaitQuery(int port, String query, String value) {
    String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    SOON.await(
        query + " is " + value,
        () -> {
          try {
            return fetch(port, path).contains(",\"" + value + "\"]}]");
          } catch (IOException notYet) {
            return false;
          }
        });
  }

  @Test
  void statsdCounts() {
    SOON.await(
        "counters and timers",
        () ->
            ask(statsdAdmin, "counters").contains("'fb.notfound': 1")
                && occurrences(
                        between(
                            ask(statsdAdmin, "timers"),
                            "'fb.http.status.code.200.service.svc-a': [",
                            "]"),
                        ",")
                    == REQUESTS - 1);
    String timers = ask(statsdAdmin, "timers");
    // statsd writes its own names with lines for slashes.
    assertTrue(
        timers.contains("'fb.svc-a.a_test.-x.127_0_0_1_" + upstreamPort + "': ["), () -> timers);
    assertTrue(timers.contains("'fb.requests.service.gone': ["), () -> timers);
    String stats = ask(statsdAdmin, "stats");
    assertTrue(stats.contains("messages.bad_lines_seen: 0"), () -> stats);
  }

  @Test
  void datadogGetsTags() throws IOException {
    StringBuilder all = new StringBuilder();
    byte[] buffer = new byte[65536];
    datadog.setSoTimeout(20_000);
    while (!all.toString().contains("fb.notfound:")) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      datadog.receive(packet);
      assertTrue(packet.getLength() <= 1432, () -> packet.getLength() + " bytes");
      all.append(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
    }
    String lines = all.toString();
    assertTrue(lines.contains("fb.notfound:1.000000|c\n"), lines);
    long timed =
        lines
            .lines()
            .filter(
                line ->
                    line.matches(
                        "fb\\.http\\.status:\\d+\\.\\d{6}\\|h\\|#code:200,fabio-service:svc-a"))
            .count();
    assertEquals(REQUESTS, timed, lines);
    assertTrue(
        lines.contains(
            "|h|#fabio-service:svc-a,fabio-host:a.test,path:/x,target:http://127.0.0.1:"
                + upstreamPort
                + "/\n"),
        lines);
  }

  @Test
  void carbonStores() {
    Path whisper = directory.resolve("storage/whisper/fb");
    SOON.await("the files of carbon", () -> Files.exists(whisper.resolve("notfound.wsp")));
    SOON.await(
        "a median in the store",
        () ->
            stored(whisper.resolve("requests/service/svc-a/p50.wsp")).matches("(?s).*\\t[0-9].*"));
    SOON.await(
        "the route in the store",
        () ->
            stored(whisper.resolve("svc-a/a_test/x/127_0_0_1_" + upstreamPort + "/p99.wsp"))
                .matches("(?s).*\\t[0-9].*"));
  }

  private static String stored(Path file) {
    try {
      return Files.exists(file)
          ? Daemon.run("", List.of("whisper-fetch", "--drop=nulls", file.toString()))
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theConsoleGetsALineForEachEvent() {
    SOON.await(
        "lines",
        () ->
            tagway
                    .output()
                    .lines()
                    .filter(line -> line.matches("fb\\.http\\.status\\.code\\.service:\\d+\\|ms"))
                    .count()
                == REQUESTS + 1);
    assertTrue(tagway.output().contains("fb.notfound:1|c"), tagway.output());
  }

  private static int startStatsd() throws Exception {
    String main =
        Daemon.run("", List.of("sh", "src/main/scripts/find-statsd.sh"))
            .lines()
            .reduce("", (before, line) -> line);
    int port = freePort();
    statsdAdmin = freePort();
    Path config = directory.resolve("statsd.js");
    Files.writeString(
        config,
        "{port: %d, address: '127.0.0.1', mgmt_port: %d, mgmt_address: '127.0.0.1', "
                .formatted(port, statsdAdmin)
            + "backends: [], flushInterval: 3600000}");
    Daemon statsd = new Daemon(directory.resolve("statsd.log"), "node", main, config.toString());
    OPEN.add(statsd);
    SOON.await("statsd", () -> isOpen(statsdAdmin));
    return port;
  }

  private static int startCarbon() throws Exception {
    Path conf = Files.createDirectories(directory.resolve("conf"));
    Path storage = Files.createDirectories(directory.resolve("storage"));
    int port = freePort();
    Files.writeString(
        conf.resolve("carbon.conf"),
        """
        [cache]
        STORAGE_DIR = %1$s
        LOCAL_DATA_DIR = %1$s/whisper
        LOG_DIR = %1$s/log
        PID_DIR = %1$s
        CONF_DIR = %2$s
        LINE_RECEIVER_INTERFACE = 127.0.0.1
        LINE_RECEIVER_PORT = %3$d
        PICKLE_RECEIVER_PORT = 0
        CACHE_QUERY_PORT = 0
        MAX_CREATES_PER_MINUTE = inf
        MAX_UPDATES_PER_SECOND = inf
        WHISPER_AUTOFLUSH = True
        """
            .formatted(storage, conf, port));
    Files.writeString(
        conf.resolve("storage-schemas.conf"), "[all]\npattern = .*\nretentions = 1s:5m\n");
    Daemon carbon =
        new Daemon(
            directory.resolve("carbon.log"),
            "carbon-cache",
            "--config=" + conf.resolve("carbon.conf"),
            "--nodaemon",
            "start");
    OPEN.add(carbon);
    SOON.await("carbon", () -> isOpen(port));
    return port;
  }

  private static String fetch(int port, String path) throws IOException {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String get(int port, String host, String path) throws IOException {
    return exchange(
        port, "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  /** A command of statsd's admin port, which answers up to a line with END. */
  private static String ask(int port, String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder answer = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.equals("END"); line = in.readLine()) {
        answer.append(line).append('\n');
      }
      return answer.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String exchange(int port, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start);
    return from < 0
        ? ""
        : text.substring(from + start.length(), text.indexOf(end, from + start.length()));
  }

  private static int occurrences(String text, String part) {
    return text.length() - text.replace(part, "").length();
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
