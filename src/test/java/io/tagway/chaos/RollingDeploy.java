package io.tagway.chaos;

import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.Eventually;
import io.tagway.testkit.Load;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.UpstreamProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Replaces the instances of a service one after the other while it is asked many times a second.
 */
public final class RollingDeploy implements AutoCloseable {
  private static final String SERVICE = "shop";
  private static final int REQUESTS_PER_SECOND = 1_000;
  private static final int CONNECTIONS = 64;
  private static final int INSTANCES = 3;

  /** How an old instance goes. */
  public enum Way {
    /** Deregistered, a second for what is under way, then SIGTERM. */
    GRACEFUL,
    /** SIGKILL, deregistered 0.2 s later. */
    KILLED
  }

  /**
   * What became of the requests.
   *
   * @param worstMs the slowest answer
   */
  public record Result(
      Way way, int replaced, long requests, Map<String, Long> failures, double worstMs) {
    public long failed() {
      return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
      return "%-8s %2d instances replaced, %6d GETs, %d failed %s, slowest %.0f ms"
          .formatted(
              way, replaced, requests, failed(), failures.isEmpty() ? "" : failures, worstMs);
    }
  }

  private final ConsulProcess consul = ConsulProcess.dev();
  private final TagwayProcess tagway;
  private final Deque<Instance> instances = new ArrayDeque<>();
  private int started;

  private record Instance(String id, UpstreamProcess process) {}

  /** Starts Consul, the router and the first instances. */
  public RollingDeploy() throws IOException {
    tagway = TagwayProcess.launch(consul);
    for (int i = 0; i < INSTANCES; i++) {
      startOne();
    }
  }

  /**
   * Prints both ways, or the one that the third argument names, with as many replacements as the
   * first says (30) and as many requests a second as the second says (1,000).
   */
  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 30;
    int perSecond = args.length > 1 ? Integer.parseInt(args[1]) : REQUESTS_PER_SECOND;
    String only = args.length > 2 ? args[2] : "";
    try (RollingDeploy deploy = new RollingDeploy()) {
      for (Way way : Way.values()) {
        if (only.isEmpty() || only.equalsIgnoreCase(way.name())) {
          System.out.println(deploy.run(way, count, perSecond));
        }
      }
    }
    System.exit(0);
  }

  /** Replaces that many instances, oldest first. */
  public Result run(Way way, int count) throws IOException, InterruptedException {
    return run(way, count, REQUESTS_PER_SECOND);
  }

  private Result run(Way way, int count, int perSecond) throws IOException, InterruptedException {
    int port = tagway.proxyPort();
    try (Load load = new Load(port, "/", perSecond, CONNECTIONS)) {
      for (int i = 0; i < count; i++) {
        Instance fresh = startOne();
        Eventually.within(Duration.ofSeconds(10))
            .await(fresh.id + " is asked", () -> load.bodies().containsKey(fresh.id));
        remove(way, instances.removeFirst());
      }
      load.finish();
      return new Result(way, count, load.sent(), load.failures(), load.worstMs());
    }
  }

  private Instance startOne() throws IOException {
    String id = SERVICE + "-" + ++started;
    Instance instance = new Instance(id, UpstreamProcess.start(id));
    instances.addLast(instance);
    consul.register(id, SERVICE, instance.process.port(), "urlprefix-/");
    return instance;
  }

  private void remove(Way way, Instance old) throws InterruptedException {
    if (way == Way.GRACEFUL) {
      consul.deregister(old.id);
      pause(Duration.ofSeconds(1));
      old.process.stop();
    } else {
      old.process.kill();
      pause(Duration.ofMillis(200));
      consul.deregister(old.id);
    }
  }

  /** The time is part of what is tried, not a wait for something. */
  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    instances.forEach(instance -> instance.process.close());
    tagway.close();
    consul.close();
  }
}
