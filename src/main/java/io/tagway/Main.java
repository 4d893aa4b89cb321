package io.tagway;

import io.tagway.bgp.BgpRefused;
import io.tagway.config.Configuration;
import io.tagway.config.Loaded;
import io.tagway.metrics.MetricsFailure;
import io.tagway.registry.StartFailure;
import java.time.InstantSource;
import java.time.ZoneId;

/** Reads the configuration, then runs the router until it is told to stop. */
public final class Main {
  private Main() {}

  /** Ends with Fabio's exit statuses: 0 after a stop, 1 after a failure, 2 after a usage error. */
  public static void main(String[] args) {
    ProcessText.install();
    Loaded loaded =
        Configuration.load(
            "tagway", Version.text(), ProcessText.arguments(args), ProcessText.environment());
    if (loaded instanceof Loaded.Exit exit) {
      System.out.print(exit.stdout());
      System.err.print(exit.stderr());
      System.exit(exit.status());
    } else if (loaded instanceof Loaded.Start start) {
      LogOutput log = new LogOutput(System.err, InstantSource.system(), ZoneId.systemDefault());
      log.install();
      // halt: nothing is left to be done, and an exit would wait for a second signal's handler.
      Runtime.getRuntime().halt(run(start, log));
    }
  }

  private static int run(Loaded.Start start, LogOutput log) {
    try {
      return new App(start, log).run();
    } catch (StartFailure | BgpRefused | MetricsFailure e) {
      log.fatal(String.valueOf(e.getMessage()));
      return 1;
    } catch (RuntimeException | Error e) {
      // Without a listener or half of them the process would be of no use, and look alive.
      log.fatal("The start failed by a fault of the router", e);
      return 1;
    }
  }
}
