package io.tagway.registry;

import io.tagway.config.Configuration;
import io.tagway.config.Loaded;
import io.tagway.config.Settings;
import io.tagway.outbound.Outbound;
import io.tagway.route.PathMatcher;
import io.tagway.route.RequestPath;
import io.tagway.route.RouteRequest;
import io.tagway.route.Strategy;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A registry that runs on its own Vert.x, with settings as a user would write them. */
public final class RegistryUnderTest implements AutoCloseable {
  private static final Table.Options OPTIONS =
      new Table.Options(
          PathMatcher.PREFIX, Strategy.RND, true, target -> new Target.Attachment() {});

  private final Vertx vertx = Vertx.vertx();
  private final Registry registry;

  private RegistryUnderTest(Settings settings, Map<String, String> environment) {
    this.registry = Registries.of(vertx, settings, OPTIONS, new Outbound(environment));
  }

  /** Not started yet. */
  public static RegistryUnderTest of(String... arguments) {
    return with(Map.of(), arguments);
  }

  /** As {@link #of}, in an environment that is not empty. */
  public static RegistryUnderTest with(Map<String, String> environment, String... arguments) {
    return new RegistryUnderTest(settings(arguments), environment);
  }

  /** Runs against an agent and has its first table. */
  public static RegistryUnderTest consul(ConsulProcess consul, String... more) {
    RegistryUnderTest registry = of(withAddress(consul, more));
    registry.start();
    return registry;
  }

  public static String[] withAddress(ConsulProcess consul, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("-registry.consul.addr=" + consul.address());
    return arguments.toArray(String[]::new);
  }

  public static Settings settings(String... arguments) {
    Loaded loaded = Configuration.load("tagway", "0", List.of(arguments), Map.of());
    if (loaded instanceof Loaded.Start start) {
      return start.settings();
    }
    throw new IllegalArgumentException(loaded.toString());
  }

  public void start() {
    done(registry.start(), Duration.ofSeconds(30));
  }

  public Registry registry() {
    return registry;
  }

  public Vertx vertx() {
    return vertx;
  }

  /** The table as commands. */
  public List<String> lines() {
    String text = registry.table().get().text();
    return text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }

  /** Where requests for a source may go now. */
  public Set<String> destinations(String source) {
    int slash = source.indexOf('/');
    String host = source.substring(0, slash);
    RequestPath path = RequestPath.of(source.substring(slash));
    Target one = registry.table().get().lookup(new RouteRequest(false, host, path, ""));
    if (one.isNone() || !one.route().path().equals(path.decoded())) {
      return Set.of();
    }
    return one.route().targets().stream()
        .filter(target -> target.weight() > 0)
        .map(Target::destination)
        .collect(Collectors.toSet());
  }

  public void awaitDestinations(String source, String... expected) {
    Eventually.within(Duration.ofSeconds(20))
        .await(
            source + " leads to " + Set.of(expected),
            () -> destinations(source).equals(Set.of(expected)));
  }

  public void awaitState(RegistryStatus.State state) {
    Eventually.within(Duration.ofSeconds(30))
        .await("state " + state, () -> registry.status().state() == state);
  }

  /** The result of a future; for test threads only. */
  public static <T> T done(Future<T> future, Duration limit) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not done within " + limit, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  public static <T> T done(Future<T> future) {
    return done(future, Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    done(registry.close());
    done(vertx.close());
  }
}
