package io.tagway.chaos;

import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.Eventually;
import io.tagway.testkit.Load;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.UpstreamProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Replaces the router itself, again and again, while it is asked: over connections that are kept
 * and over new ones. The next router binds the same ports beside the one before ({@code
 * proxy.reuseport}), which is then stopped by SIGTERM.
 */
public final class RouterUpgrade implements AutoCloseable {
  private static final int CONNECTIONS = 64;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * What became of the requests.
   *
   * @param kept requests over connections that are kept
   * @param fresh requests that opened a connection each
   * @param unregistered how often a stop took the router out of Consul
   */
  public record Result(
      int upgrades,
      long kept,
      long fresh,
      Map<String, Long> failures,
      double worstMs,
      int unregistered) {
    public long failed() {
      return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
      return ("router replaced %d times, %d GETs over kept connections, %d over new ones, %d failed"
              + " %s, slowest %.0f ms, %d times out of Consul")
          .formatted(
              upgrades,
              kept,
              fresh,
              failed(),
              failures.isEmpty() ? "" : failures,
              worstMs,
              unregistered);
    }
  }

  private final ConsulProcess consul = ConsulProcess.dev();
  private final UpstreamProcess upstream;
  private final List<String> args;
  private final int port;
  private TagwayProcess tagway;

  /** Starts Consul, a target and the first router. */
  public RouterUpgrade() throws IOException {
    upstream = UpstreamProcess.start("shop");
    consul.register("shop-1", "shop", upstream.port(), "urlprefix-/");
    port = freePort();
    args =
        List.of(
            "-registry.consul.addr=" + consul.address(),
            "-proxy.addr=127.0.0.1:" + port,
            "-ui.addr=127.0.0.1:" + freePort(),
            "-proxy.reuseport",
            "-proxy.deregistergraceperiod=500ms",
            "-proxy.shutdownwait=20s");
    tagway = start();
  }

  /** Prints the figures for as many upgrades as the first argument says (5). */
  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    try (RouterUpgrade upgrade = new RouterUpgrade()) {
      System.out.println(upgrade.run(count, 2_000, 200));
    }
    System.exit(0);
  }

  /**
   * Replaces the router that many times.
   *
   * @param kept requests a second over connections that are kept
   * @param fresh requests a second that open a connection each
   */
  public Result run(int count, int kept, int fresh) throws Exception {
    int unregistered = 0;
    try (Load keeping = new Load(port, "/", kept, CONNECTIONS);
        Load opening = Load.withoutKeepAlive(port, "/", fresh, CONNECTIONS)) {
      for (int i = 0; i < count; i++) {
        long asked = keeping.sent();
        Eventually.within(LIMIT).await("some load", () -> keeping.sent() > asked + kept);
        TagwayProcess next = start();
        tagway.terminate();
        int status = tagway.exit(LIMIT);
        if (status != 0) {
          throw new IllegalStateException("exit status " + status + ":\n" + tagway.log());
        }
        tagway.close();
        tagway = next;
        unregistered += consul.get("/v1/agent/services").contains("\"fabio\"") ? 0 : 1;
      }
      long asked = keeping.sent();
      Eventually.within(LIMIT).await("some load", () -> keeping.sent() > asked + kept);
      keeping.finish();
      opening.finish();
      Map<String, Long> failures = new TreeMap<>(keeping.failures());
      opening.failures().forEach((how, times) -> failures.merge("new: " + how, times, Long::sum));
      return new Result(
          count,
          keeping.sent(),
          opening.sent(),
          failures,
          Math.max(keeping.worstMs(), opening.worstMs()),
          unregistered);
    }
  }

  /** Returns when it serves. */
  private TagwayProcess start() throws IOException {
    TagwayProcess started = TagwayProcess.launch(args);
    started.proxyPort();
    started.awaitLog("Registered fabio as");
    return started;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Override
  public void close() {
    tagway.close();
    upstream.close();
    consul.close();
  }
}
