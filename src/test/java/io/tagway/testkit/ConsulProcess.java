package io.tagway.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Consul agent on free ports of the loopback address, which it keeps when started again.
 *
 * <p>{@link #dev()} forgets everything when it ends and counts its indexes anew; {@link
 * #server(Path)} keeps its state in a directory. The binary is the one that {@code find-consul.sh}
 * finds: {@code $CONSUL}, the PATH, or one that it fetches.
 */
public final class ConsulProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final int HTTP = 0;
  private static final int SERVER = 1;
  private static final int SERF_LAN = 2;
  private static final int SERF_WAN = 3;
  private static final int HTTPS = 4;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String binary;
  private final Optional<Path> dataDir;
  private final boolean logsRequests;
  private final Optional<Tls> tls;
  private final List<Integer> ports;
  private final Path log;
  private @Nullable Process process;

  /**
   * How an agent shows who it is over https.
   *
   * @param ca whose client certificates it takes
   * @param clientsToo whether it serves nobody without one
   */
  public record Tls(Path certificate, Path key, Path ca, boolean clientsToo) {
    private String hcl() {
      return "cert_file = \"%s\" key_file = \"%s\" ca_file = \"%s\" verify_incoming_https = %s"
          .formatted(certificate, key, ca, clientsToo);
    }
  }

  private ConsulProcess(Optional<Path> dataDir, boolean logsRequests, Optional<Tls> tls) {
    this.binary = find();
    this.tls = tls;
    this.logsRequests = logsRequests;
    this.dataDir = dataDir;
    this.ports = freePorts(5);
    try {
      Path target = Files.createDirectories(Path.of("target", "consul"));
      this.log = target.resolve("consul-" + ports.get(HTTP) + ".log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts {@code consul agent -dev}; returns when it has a leader and takes registrations. */
  public static ConsulProcess dev() {
    ConsulProcess consul = new ConsulProcess(Optional.empty(), false, Optional.empty());
    consul.start();
    return consul;
  }

  /** As {@link #dev()}, and {@link #reads()} tells what it was asked. */
  public static ConsulProcess devLoggingRequests() {
    ConsulProcess consul = new ConsulProcess(Optional.empty(), true, Optional.empty());
    consul.start();
    return consul;
  }

  /** As {@link #dev()}, and {@link #httpsAddress()} speaks TLS. */
  public static ConsulProcess devWithTls(Tls tls) {
    ConsulProcess consul = new ConsulProcess(Optional.empty(), false, Optional.of(tls));
    consul.start();
    return consul;
  }

  /** Starts a single server whose state lies in a directory and survives a kill. */
  public static ConsulProcess server(Path dataDir) {
    ConsulProcess consul = new ConsulProcess(Optional.of(dataDir), false, Optional.empty());
    consul.start();
    return consul;
  }

  /** Starts again on the same ports, after {@link #stop()} or {@link #kill()}. */
  public void start() {
    launch();
    awaitReady();
  }

  /** Starts again without waiting until it is ready. */
  public void launch() {
    List<String> command = new ArrayList<>(List.of(binary, "agent"));
    dataDir.ifPresentOrElse(
        dir ->
            command.addAll(
                List.of(
                    "-server",
                    "-bootstrap-expect=1",
                    "-data-dir=" + dir,
                    "-hcl=performance { raft_multiplier = 1 }")),
        () -> command.add("-dev"));
    tls.ifPresent(with -> command.add("-hcl=" + with.hcl()));
    command.addAll(
        List.of(
            "-node=tagway-test",
            "-bind=127.0.0.1",
            "-client=127.0.0.1",
            "-log-level=" + (logsRequests ? "debug" : "warn"),
            "-dns-port=-1",
            "-grpc-port=-1",
            "-https-port=" + (tls.isPresent() ? ports.get(HTTPS) : -1),
            "-http-port=" + ports.get(HTTP),
            "-server-port=" + ports.get(SERVER),
            "-serf-lan-port=" + ports.get(SERF_LAN),
            "-serf-wan-port=" + ports.get(SERF_WAN)));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until there is a leader and the agent itself is in the catalog. */
  public void awaitReady() {
    Eventually.within(START_LIMIT)
        .await(
            "consul on port " + httpPort() + " ready, see " + log,
            () -> {
              try {
                return get("/v1/health/node/tagway-test").contains("serfHealth");
              } catch (UncheckedIOException | IllegalStateException e) {
                return false;
              }
            });
  }

  /** Ends the agent in order (SIGTERM), so that it answers what is still open. */
  public void stop() {
    running().destroy();
    awaitEnd();
  }

  /** Ends the agent at once (SIGKILL). */
  public void kill() {
    running().destroyForcibly();
    awaitEnd();
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }

  private void awaitEnd() {
    try {
      if (!running().waitFor(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("consul does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    process = null;
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("consul is not running");
    }
    return process;
  }

  public int httpPort() {
    return ports.get(HTTP);
  }

  /** host:port of the HTTP API. */
  public String address() {
    return "127.0.0.1:" + httpPort();
  }

  /** A URL with the host name localhost; only after {@link #devWithTls}. */
  public String httpsAddress() {
    return "https://localhost:" + ports.get(HTTPS);
  }

  /** Registers an instance at the agent, with one TTL check that is passing. */
  public void register(String id, String name, int port, String... tags) {
    register(
        new JsonObject()
            .put("ID", id)
            .put("Name", name)
            .put("Port", port)
            .put("Tags", new JsonArray(List.of(tags)))
            .put("Check", new JsonObject().put("TTL", "10h").put("Status", "passing")));
  }

  /** Registers what {@code PUT /v1/agent/service/register} takes. */
  public void register(JsonObject service) {
    put("/v1/agent/service/register", service.encode());
  }

  public void deregister(String id) {
    put("/v1/agent/service/deregister/" + id, "");
  }

  /** Sets the check that {@link #register(String, String, int, String...)} made. */
  public void check(String id, String status) {
    put(
        "/v1/agent/check/update/service:" + id,
        new JsonObject().put("Status", status).put("Output", "").encode());
  }

  public void maintenance(String id, boolean on) {
    put("/v1/agent/service/maintenance/" + id + "?enable=" + on, "");
  }

  public void nodeMaintenance(boolean on) {
    put("/v1/agent/maintenance?enable=" + on, "");
  }

  /** Registers what {@code PUT /v1/catalog/register} takes. */
  public void catalogRegister(JsonObject entry) {
    put("/v1/catalog/register", entry.encode());
  }

  public void catalogDeregister(JsonObject entry) {
    put("/v1/catalog/deregister", entry.encode());
  }

  public void kv(String key, String value) {
    put("/v1/kv/" + key, value);
  }

  public void deleteKv(String key) {
    call("DELETE", "/v1/kv/" + key, "");
  }

  public String put(String path, String body) {
    return call("PUT", path, body);
  }

  /** The body of the answer; anything but 200 is an {@link IllegalStateException}. */
  public String get(String path) {
    return call("GET", path, "");
  }

  private String call(String method, String path, String body) {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create("http://" + address() + path))
                  .timeout(Duration.ofSeconds(30))
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            method + " " + path + ": " + response.statusCode() + " " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * The paths of all GET requests answered so far, queries cut off. A blocking query counts when it
   * is answered.
   */
  public List<String> reads() {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains("Request finished: method=GET url="))
          .map(line -> line.substring(line.indexOf("url=") + 4).split("[ ?]", 2)[0])
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** CPU time that the agent has used so far, in milliseconds; Linux only. */
  public double cpuMillis() {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", running().pid() + "", "task"))) {
      return tasks.mapToLong(ConsulProcess::nanosOnCpu).sum() / 1e6;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long nanosOnCpu(Path task) {
    try {
      String schedstat = Files.readString(task.resolve("schedstat"));
      return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    } catch (IOException ended) {
      return 0;
    }
  }

  private static String find() {
    try {
      Process script =
          new ProcessBuilder("sh", "src/main/scripts/find-consul.sh")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String path =
          new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (script.waitFor() != 0 || path.isEmpty()) {
        throw new IllegalStateException("no consul: set $CONSUL or put it on the PATH");
      }
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      sockets.forEach(
          socket -> {
            try {
              socket.close();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
