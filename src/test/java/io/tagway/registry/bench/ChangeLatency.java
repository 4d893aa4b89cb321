package io.tagway.registry.bench;

import io.tagway.registry.RegistryUnderTest;
import io.tagway.testkit.ConsulProcess;
import io.tagway.testkit.Eventually;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long a change in Consul's catalog takes to be seen, and what it costs Consul.
 *
 * <p>Time runs from the moment the change is sent until it is seen. CPU is that of the Consul
 * process, less what it uses when idle; the same changes without a router are shown beside it.
 */
public final class ChangeLatency {
  private static final int ROUNDS = 20;
  private static final int WARM_UP = 10;
  private static final Duration BETWEEN = Duration.ofMillis(100);

  /** Something in which a change shows: a table, or the answers of a router. */
  public interface View {
    boolean shows(Change.Step step);
  }

  /**
   * What was measured for one kind of change.
   *
   * @param medianMillis from sent to seen
   * @param worstMillis the slowest of them
   * @param cpuMillis of Consul, for one change
   */
  public record Result(double medianMillis, double worstMillis, double cpuMillis) {}

  private final ConsulProcess consul;

  public ChangeLatency(ConsulProcess consul) {
    this.consul = consul;
  }

  /**
   * Makes a change in some rounds, the first of them numbered so, and waits for each to be seen.
   */
  public Result measure(Change change, View view, int from, int rounds) {
    change.prepare().accept(consul);
    pause(Duration.ofSeconds(1));
    double idlePerMilli = idleCpu();
    double cpu = consul.cpuMillis();
    long start = System.nanoTime();
    List<Double> millis = new ArrayList<>();
    for (int i = from; i < from + rounds; i++) {
      Change.Step step = change.steps().apply(i);
      long sent = System.nanoTime();
      step.make().accept(consul);
      Eventually.within(Duration.ofSeconds(20))
          .await(change.name() + " is seen at " + step.source(), () -> view.shows(step));
      millis.add((System.nanoTime() - sent) / 1e6);
      pause(BETWEEN);
    }
    double used = consul.cpuMillis() - cpu;
    double idle = idlePerMilli * (System.nanoTime() - start) / 1e6;
    millis.sort(null);
    return new Result(
        millis.get(rounds / 2), millis.get(rounds - 1), Math.max(0, used - idle) / rounds);
  }

  private double idleCpu() {
    double before = consul.cpuMillis();
    Duration time = Duration.ofSeconds(2);
    pause(time);
    return (consul.cpuMillis() - before) / time.toMillis();
  }

  /** Lets Consul alone; what is measured is what happens in that time. */
  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /**
   * Prints a table for 10 and 2,000 services, or for the numbers given.
   *
   * @param arguments numbers of services
   */
  public static void main(String[] arguments) {
    List<String> counts = arguments.length == 0 ? List.of("10", "2000") : List.of(arguments);
    for (String count : counts) {
      run(Integer.parseInt(count), System.out);
    }
    System.exit(0);
  }

  private static void run(int services, PrintStream out) {
    try (ConsulProcess consul = ConsulProcess.dev()) {
      Change.Catalog.fill(consul, services);
      ChangeLatency latency = new ChangeLatency(consul);
      List<Change> changes = new ArrayList<>(Change.ofOneService());
      changes.addAll(Change.hidden(services));
      List<Result> alone = new ArrayList<>();
      for (Change change : changes) {
        alone.add(latency.measure(change, step -> true, 1000, ROUNDS));
      }
      try (RegistryUnderTest router = RegistryUnderTest.consul(consul)) {
        View table = step -> router.destinations(step.source()).equals(step.destinations());
        for (Change change : Change.ofOneService()) {
          latency.measure(change, table, 3000, WARM_UP);
        }
        out.printf(
            Locale.ROOT,
            "%n%d services, consul agent -dev%n%-46s %9s %9s %18s %14s%n",
            services,
            "change",
            "median ms",
            "worst ms",
            "consul CPU ms",
            "without router");
        for (int i = 0; i < changes.size(); i++) {
          Result result = latency.measure(changes.get(i), table, 0, ROUNDS);
          out.printf(
              Locale.ROOT,
              "%-46s %9.1f %9.1f %18.1f %14.1f%n",
              changes.get(i).name(),
              result.medianMillis(),
              result.worstMillis(),
              result.cpuMillis(),
              alone.get(i).cpuMillis());
        }
      }
    }
  }
}
