package io.tagway.route.bench;

import io.tagway.route.PathMatcher;
import io.tagway.route.RouteRequest;
import io.tagway.route.Table;
import io.tagway.route.Target;
import java.nio.charset.StandardCharsets;
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

/** One lookup, globs on, in tables of growing size; the request is read anew each time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LookupBench {
  private static final byte[] UNKNOWN = bytes("unknown.example.com");

  /** Host routes in the table. */
  @Param({"10", "1000", "10000"})
  public int hosts;

  @Param({"prefix", "glob"})
  public String matcher = "prefix";

  private Table table = Table.empty(Services.options(PathMatcher.PREFIX));
  private final byte[][] exact = new byte[64][];
  private final byte[][] suffix = new byte[64][];
  private final byte[][] paths = new byte[64][];
  private int turn;

  /** Builds the table and the requests. */
  @Setup
  public void build() {
    PathMatcher named = PathMatcher.named(matcher).orElseThrow();
    table =
        Table.of(Services.options(named), Services.of(hosts, 3, named), Services.patterns(named));
    for (int i = 0; i < exact.length; i++) {
      int service = (int) ((long) i * hosts / exact.length);
      exact[i] = bytes("s" + service + ".example.org");
      suffix[i] = bytes("any.w" + service + ".example.net");
      paths[i] = bytes("/api/s" + service + "/v1/users/42");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private Target lookup(byte[] host, String uri) {
    // A new string has no cached hash, as a header that was just read.
    return table.lookup(RouteRequest.of(false, text(host), uri));
  }

  private int next() {
    turn = (turn + 1) & 63;
    return turn;
  }

  /** A host that is a key. */
  @Benchmark
  public Target exactHost() {
    return lookup(exact[next()], "/index.html?q=1");
  }

  /** A host that matches a star and an end. */
  @Benchmark
  public Target suffixHost() {
    return lookup(suffix[next()], "/index.html?q=1");
  }

  /** A host that no key matches, with a path deep in a tree of as many paths. */
  @Benchmark
  public Target deepPathWithoutHost() {
    return lookup(UNKNOWN, text(paths[next()]));
  }

  /** A host that no key matches and a path that no route has. */
  @Benchmark
  public Target nothing() {
    return lookup(UNKNOWN, "/nothing/here");
  }
}
