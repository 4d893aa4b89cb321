package io.tagway.route.bench;

import io.tagway.route.Line;
import io.tagway.route.PathMatcher;
import io.tagway.route.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Tables of services with two instances each: built from nothing, and after a change of one
 * service.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class RebuildBench {
  /** Services in the table. */
  @Param({"1000", "10000"})
  public int services;

  /** Routes of each service: a host, a wildcard host, a path. */
  @Param({"1", "3"})
  public int routes;

  private final PathMatcher matcher = PathMatcher.PREFIX;
  private Map<String, List<Line>> all = Map.of();
  private List<Line> manual = List.of();
  private Table table = Table.empty(Services.options(matcher));
  private int turn;

  /** Builds the table that is then changed. */
  @Setup
  public void build() {
    all = Services.of(services, routes, matcher);
    manual = Services.patterns(matcher);
    table = Table.of(Services.options(matcher), all, manual);
  }

  /** Everything from nothing. */
  @Benchmark
  public Table full() {
    return Table.of(Services.options(matcher), all, manual);
  }

  /** The instances of one service on other ports. */
  @Benchmark
  public Table oneService() {
    turn++;
    int service = (int) (turn * 31L % services);
    // A prime, so that no service comes round with the port it has.
    int port = 8000 + turn % 997;
    table =
        table.withServices(Map.of("s" + service, Services.lines(service, routes, port, matcher)));
    return table;
  }

  /** The same, and the lines that changed for the log. */
  @Benchmark
  public List<String> oneServiceAndItsDelta() {
    Table before = table;
    return oneService().linesNotIn(before);
  }

  /** The whole table as text. */
  @Benchmark
  public int text() {
    return oneService().text().length();
  }
}
