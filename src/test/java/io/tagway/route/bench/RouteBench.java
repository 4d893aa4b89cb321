package io.tagway.route.bench;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of this package; an argument narrows them by a pattern. */
public final class RouteBench {
  private RouteBench() {}

  public static void main(String[] args) throws RunnerException {
    String pattern = args.length > 0 ? args[0] : "";
    new Runner(
            new OptionsBuilder()
                .include("io\\.tagway\\.route\\.bench.*" + pattern)
                .addProfiler("gc")
                .build())
        .run();
  }
}
