package io.tagway.admin;

import io.tagway.bgp.BgpStatus;
import io.tagway.config.Configuration;
import io.tagway.config.ListenerSettings;
import io.tagway.config.Loaded;
import io.tagway.config.Proto;
import io.tagway.config.Settings;
import io.tagway.config.TestListeners;
import io.tagway.metrics.ProcessMemory;
import io.tagway.metrics.TargetStats;
import io.tagway.proxy.http.DryRun;
import io.tagway.registry.Registry;
import io.tagway.route.PathMatcher;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The admin handler behind a real server on a free port. */
final class AdminServer implements AutoCloseable {
  static final String CONFIG = "{\n    \"Listen\": null,\n    \"Token\": \"<masked>\"\n}";

  final MemoryRegistry registry;
  final Level log = new Level();

  /** How targets are doing; nobody has traffic until a test says so. */
  volatile Function<Target, TargetStats> stats = target -> TargetStats.NOTHING;

  /** What is announced by BGP. */
  volatile Optional<BgpStatus> anycast = Optional.empty();

  volatile Vitals vitals =
      new Vitals(
          "17 (test)",
          Instant.now().minusSeconds(3 * 86_400 + 4 * 3_600),
          List.of(),
          List.of(),
          List.of(0.001, 0.0004),
          new ProcessMemory(48L << 20, 256L << 20, 16L << 20, 150L << 20));

  private final Vertx vertx = Vertx.vertx();
  private final AdminHandler handler;
  private HttpServer server;

  /** A level that nobody looks at but the test. */
  static final class Level implements LogControl {
    private volatile String level = "INFO";

    @Override
    public String level() {
      return level;
    }

    @Override
    public List<String> levels() {
      return List.of("DEBUG", "INFO", "ERROR");
    }

    @Override
    public void setLevel(String name) {
      level = name;
    }
  }

  private AdminServer(Table table, Settings.Ui ui, int port) {
    this(new MemoryRegistry(table), ui, port);
  }

  private AdminServer(MemoryRegistry memory, Settings.Ui ui, int port) {
    this(memory, memory, ui, port);
  }

  private AdminServer(Registry used, MemoryRegistry memory, Settings.Ui ui, int port) {
    registry = memory;
    handler =
        new AdminHandler(
            vertx,
            ui,
            ROUTING,
            used,
            new Insight(() -> anycast, target -> stats.apply(target), () -> vitals),
            () -> CONFIG,
            log,
            "0.1.0",
            InstantSource.system(),
            new DryRun(HTTP, registry.table()));
    handler.open().await();
    server = listen(port);
  }

  static AdminServer start(Table table, Settings.Ui ui) {
    return new AdminServer(table, ui, 0);
  }

  /** As another process would, at an address that pages know. */
  static AdminServer start(Table table, Settings.Ui ui, int port) {
    return new AdminServer(table, ui, port);
  }

  /** Over a registry that is not in memory; {@link #registry} means nothing then. */
  static AdminServer over(Registry used) {
    return new AdminServer(used, new MemoryRegistry(Tables.of()), ui(false, ""), 0);
  }

  static AdminServer start(Table table) {
    return new AdminServer(table, ui(false, ""), 0);
  }

  static Settings.Ui ui(boolean readOnly, String path) {
    return ui(readOnly, path, "prod <eu>", NO_LINK);
  }

  static Settings.Ui ui(boolean readOnly, String path, String title, Settings.SourceLink link) {
    return new Settings.Ui(
        LISTENER, readOnly, Optional.empty(), List.of(), "light-green", title, path, link);
  }

  /** As {@link #ui(boolean, String)}, with a login. */
  static Settings.Ui ui(Settings.AuthScheme login) {
    return new Settings.Ui(
        LISTENER, false, Optional.of(login), List.of(), "light-green", "", "", NO_LINK);
  }

  static final Settings.SourceLink NO_LINK = new Settings.SourceLink(false, true, "http", "", "");

  private static final Settings.Routing ROUTING =
      new Settings.Routing(Strategy.RND, PathMatcher.PREFIX, true, 1000);

  private static final Settings.Http HTTP = settings().http();

  private static Settings settings() {
    List<String> args =
        List.of(
            "-insecure",
            "-registry.backend",
            "static",
            "-proxy.localip",
            "10.9.8.7",
            "-proxy.header.requestid",
            "X-Request-Id");
    if (Configuration.load("tagway", "test", args, Map.of()) instanceof Loaded.Start start) {
      return start.settings();
    }
    throw new IllegalStateException("these settings are good");
  }

  private static final ListenerSettings LISTENER = TestListeners.plain(0, Proto.HTTP);

  private HttpServer listen(int port) {
    // The kernel would hold megabytes for a client that does not read: as much as it likes.
    HttpServerOptions options = new HttpServerOptions().setSendBufferSize(1 << 16);
    return vertx
        .createHttpServer(options)
        .requestHandler(handler)
        .listen(port, "127.0.0.1")
        .await();
  }

  int port() {
    return server.actualPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** The server goes away, as if the process had ended; the port is free. */
  int stopListening() {
    int port = port();
    server.close().await();
    return port;
  }

  /** What App does before it stops the listener. */
  void endStreams() {
    handler.close().await();
  }

  /** The server comes back. */
  void listenAgain(int port) {
    server = listen(port);
  }

  /** One answer, byte for byte where it matters. */
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** Asks on a connection of its own. */
  Answer ask(String method, String target, String... headers) throws IOException {
    return send(method, target, "", headers);
  }

  /** As {@link #ask}, with a body. */
  Answer send(String method, String target, String body, String... headers) throws IOException {
    return send(method, target, "Host: 127.0.0.1:" + port(), body, headers);
  }

  /** As {@link #ask}, by another name of the server. */
  Answer askAs(String method, String target, String host, String... headers) throws IOException {
    return send(method, target, host, "", headers);
  }

  private Answer send(String method, String target, String host, String body, String[] headers)
      throws IOException {
    StringBuilder request = new StringBuilder();
    request.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    request.append(host).append("\r\nConnection: close\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      request.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    request.append("\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      return parsed(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Answer parsed(String raw) {
    int end = raw.indexOf("\r\n\r\n");
    List<String> head = raw.substring(0, end).lines().toList();
    Map<String, String> headers = new TreeMap<>();
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Answer(Integer.parseInt(head.get(0).split(" ")[1]), headers, raw.substring(end + 4));
  }

  @Override
  public void close() {
    handler.close().await();
    vertx.close().await();
  }
}
