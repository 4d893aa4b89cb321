package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.accesslog.AccessLog;
import io.tagway.config.Settings;
import io.tagway.proxy.Observer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of proxy-cases.json that is about plain HTTP, against a real listener and a target of
 * raw sockets. What we do otherwise on purpose stands in overlay.json; what is not built yet in
 * later.txt.
 */
class ProxyCasesIT {
  private static final JsonArray CASES = json("proxy-cases.json").getJsonArray("cases");
  private static final JsonObject OVERLAY = json("overlay.json");
  private static final Map<String, String> LATER = later();
  private static final String TLS = "src/test/resources/tls/";

  @TempDir Path directory;

  static Stream<String> names() {
    return CASES.stream()
        .map(one -> ((JsonObject) one).getString("name"))
        .filter(name -> !LATER.containsKey(name));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void behavesAsRecorded(String name) throws IOException {
    JsonObject found = found(name);
    JsonObject ours = OVERLAY.getJsonObject(name);
    Outcome outcome = run(found);
    if (ours == null) {
      assertTrue(outcome.fits(found), () -> name + ": " + outcome.faults(found.getValue("expect")));
    } else {
      List<String> faults = outcome.faults(ours.getValue("expect"));
      assertEquals(List.of(), faults, name);
      assertTrue(
          !outcome.fits(found), () -> name + " no longer differs: take it out of overlay.json");
    }
  }

  @Test
  void theListsNameCasesThatExist() {
    List<String> all = CASES.stream().map(one -> ((JsonObject) one).getString("name")).toList();
    LATER.keySet().forEach(name -> assertTrue(all.contains(name), "later.txt: " + name));
    for (String name : OVERLAY.fieldNames()) {
      assertTrue(all.contains(name) && !LATER.containsKey(name), "overlay.json: " + name);
      assertTrue(!OVERLAY.getJsonObject(name).getString("why", "").isEmpty(), name);
    }
  }

  /** What happened, to be held against one expectation or another. */
  private record Outcome(
      List<CaseClient.Result> results,
      List<List<RawMessage>> seen,
      int connections,
      List<String> log,
      Map<String, String> names) {
    Outcome withLog(List<String> lines) {
      return new Outcome(results, seen, connections, lines, names);
    }

    boolean fits(JsonObject found) {
      if (faults(found.getValue("expect")).isEmpty()) {
        return true;
      }
      return found.getJsonArray("alt", new JsonArray()).stream()
          .anyMatch(other -> faults(other).isEmpty());
    }

    List<String> faults(Object expect) {
      JsonArray all = expect instanceof JsonArray list ? list : new JsonArray().add(expect);
      List<String> faults = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        JsonObject one = all.getJsonObject(Math.min(i, all.size() - 1));
        faults.addAll(CaseCheck.faults(one, results.get(i), seen.get(i), names));
      }
      Integer connected = all.getJsonObject(all.size() - 1).getInteger("upstream_connections");
      if (connected != null && connected != connections) {
        faults.add("upstream connections: want " + connected + " got " + connections);
      }
      faults.addAll(CaseCheck.log(all.getJsonObject(all.size() - 1), log, names));
      return faults;
    }
  }

  private Outcome run(JsonObject found) throws IOException {
    for (var file : found.getJsonObject("files", new JsonObject())) {
      Files.writeString(directory.resolve(file.getKey()), (String) file.getValue());
    }
    CaseTarget script = new CaseTarget(found.getValue("upstream", new JsonObject()));
    try (FakeTarget target =
            script.tls() ? new FakeTarget(TlsSockets.listen("b"), script) : new FakeTarget(script);
        DeadPort dead = new DeadPort();
        Hole hole = new Hole()) {
      Map<String, String> names = new HashMap<>();
      names.put("up", target.address());
      names.put("upport", Integer.toString(target.port()));
      names.put("dead", dead.address());
      names.put("hole", hole.address());
      names.put("client", "127.0.0.1");
      names.put("tmp", directory.toString());
      List<String> args = new ArrayList<>();
      args.add("-proxy.addr");
      args.add(listener(found));
      args.add("-proxy.cs");
      args.add("cs=edge;type=file;cert=" + TLS + "edge-cert.pem;key=" + TLS + "edge-key.pem");
      found
          .getJsonArray("config", new JsonArray())
          .forEach(one -> args.add(CaseValue.fill((String) one, names)));
      String routes = CaseValue.fill(found.getString("routes"), names);
      LoggedLines lines = LoggedLines.of(TestRouter.settings(args).log());
      Outcome outcome;
      try (TestRouter router =
              TestRouter.start(1, lines.observer(), routes, args.toArray(String[]::new));
          CaseClient client = new CaseClient(router.port(), names)) {
        outcome = exchange(found, script, target, client, names);
      }
      return outcome.withLog(lines.all());
    }
  }

  /** The access log of one case, where it asks for one. */
  private record LoggedLines(Observer observer, ByteArrayOutputStream bytes, AutoCloseable thread) {
    static LoggedLines of(Settings.Log settings) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (settings.accessTarget().isEmpty()) {
        return new LoggedLines(Observer.NONE, bytes, () -> {});
      }
      AccessLog log =
          AccessLog.open(
              settings.accessFormat(), new PrintStream(bytes, true), InstantSource.system());
      return new LoggedLines(log, bytes, log);
    }

    /** Every line; the router must be closed. */
    List<String> all() throws IOException {
      try {
        thread.close();
      } catch (Exception e) {
        throw new IOException(e);
      }
      return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static String listener(JsonObject found) {
    Object first =
        found.getValue("request") instanceof JsonArray all
            ? all.getValue(0)
            : found.getValue("request");
    JsonObject request = (JsonObject) first;
    return request.containsKey("tls") || request.getBoolean("http2", false)
        ? "127.0.0.1:0;cs=edge" + found.getString("tls_listen", "")
        : "127.0.0.1:0" + found.getString("listen", "");
  }

  private static Outcome exchange(
      JsonObject found,
      CaseTarget script,
      FakeTarget target,
      CaseClient client,
      Map<String, String> names)
      throws IOException {
    Object spec = found.getValue("request");
    JsonArray requests = spec instanceof JsonArray all ? all : new JsonArray().add(spec);
    List<CaseClient.Result> results = new ArrayList<>();
    List<List<RawMessage>> seen = new ArrayList<>();
    for (Object request : requests) {
      int before = script.seen.size();
      results.add(client.exchange((JsonObject) request));
      seen.add(List.copyOf(script.seen.subList(before, script.seen.size())));
    }
    return new Outcome(results, seen, target.accepted(), List.of(), names);
  }

  private static JsonObject found(String name) {
    return CASES.stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A port that is taken but refuses. */
  private static final class DeadPort implements AutoCloseable {
    private final Socket socket = new Socket();

    DeadPort() throws IOException {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    String address() {
      return "127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** A listener whose queue is full, so that connecting to it takes for ever. */
  private static final class Hole implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<java.nio.channels.SocketChannel> waiting = new ArrayList<>();

    Hole() throws IOException {
      for (int i = 0; i < 8; i++) {
        java.nio.channels.SocketChannel channel = java.nio.channels.SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(server.getLocalSocketAddress());
        waiting.add(channel);
      }
    }

    String address() {
      return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (java.nio.channels.SocketChannel channel : waiting) {
        channel.close();
      }
      server.close();
    }
  }

  private static JsonObject json(String name) {
    return new JsonObject(text(name));
  }

  private static Map<String, String> later() {
    Map<String, String> later = new LinkedHashMap<>();
    for (String line : text("later.txt").split("\n", -1)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(": ", 2);
        later.put(parts[0], parts[1]);
      }
    }
    return later;
  }

  private static String text(String name) {
    try (InputStream in = ProxyCasesIT.class.getResourceAsStream("/proxy/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException missing) {
      throw new IllegalStateException(name, missing);
    }
  }
}
