package io.tagway.metrics;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.tagway.config.Settings;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The meters of the process and the outputs that were asked for. */
public final class Metrics {
  private static final System.Logger LOG = System.getLogger(Metrics.class.getName());
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final Family DROPPED =
      Family.counter(
          "tagway.metrics.dropped.total",
          "Events that an output lost because they came too fast.",
          "output");

  /** Targets that send quantiles, or what they are read from, of every timer. */
  private static final List<String> READ_QUANTILES = List.of("graphite", "circonus");

  private final Meters meters;
  private final RouteSeries routes;
  private final PrometheusText prometheus;
  private final List<Pump> pumps;
  private final Looks looks;

  private Metrics(Meters meters, RouteSeries routes, PrometheusText prometheus, List<Pump> pumps) {
    this.meters = meters;
    this.routes = routes;
    this.prometheus = prometheus;
    this.pumps = pumps;
    this.looks = new Looks(routes);
  }

  /**
   * Gets everything ready; sends nothing yet.
   *
   * @param hostname of this machine, for the prefix
   * @param program what <code>{{.Exec}}</code> stands for in the prefix
   * @param console takes the lines of the targets stdout, flat and label
   * @throws MetricsFailure if an address cannot be resolved
   */
  public static Metrics of(
      Settings.Metrics settings, String hostname, String program, Consumer<String> console) {
    return new Builder(settings, hostname, program, console).build();
  }

  public Meters meters() {
    return meters;
  }

  /** The meters of targets. */
  public RouteSeries routes() {
    return routes;
  }

  /** The page for Prometheus. Takes long where there are many routes: not for an event loop. */
  public String page() {
    return prometheus.page(meters);
  }

  public void start() {
    looks.start();
    pumps.forEach(Pump::start);
  }

  /** Sends once more and ends; waits two seconds at most for each output. */
  public void close() {
    looks.close();
    pumps.forEach(pump -> pump.close(LAST_WORDS));
  }

  /** Puts together what metrics.target asks for. */
  private static final class Builder {
    private final Settings.Metrics settings;
    private final Names names;
    private final Consumer<String> console;
    private final Bounds bounds;
    private final List<Pending> pending = new ArrayList<>();
    private Events events = Events.NONE;

    /** An output that waits for its meters. */
    private record Pending(java.util.function.Function<Meters, Output> make, Duration interval) {}

    Builder(Settings.Metrics settings, String hostname, String program, Consumer<String> console) {
      this.settings = settings;
      this.names = new Names(settings, hostname, program);
      this.console = console;
      this.bounds =
          settings.targets().contains("prometheus")
              ? new Bounds(settings.prometheus().buckets())
              : Bounds.NONE;
    }

    Metrics build() {
      if (settings.targets().isEmpty()) {
        // The words known from Fabio.
        LOG.log(INFO, "Registering metrics provider \"\"");
        LOG.log(INFO, "Metrics disabled");
      }
      for (String target : settings.targets()) {
        LOG.log(INFO, "Registering metrics provider \"" + target + '"');
        switch (target) {
          case "stdout", "flat" -> console(target, false);
          case "label" -> console(target, true);
          case "statsd_raw" -> statsd(target, settings.statsdAddr(), LineForm.flat(names));
          case "dogstatsd" -> statsd(target, settings.dogstatsdAddr(), LineForm.tagged(names));
          case "graphite" -> graphite(target);
          case "circonus" ->
              add(
                  meters ->
                      new CirconusOutput(meters, names, settings.circonus(), settings.timeout()),
                  settings.interval());
          default -> {} // prometheus comes and takes
        }
      }
      Meters meters =
          new Meters(
              bounds, READ_QUANTILES.stream().anyMatch(settings.targets()::contains), events);
      List<Pump> pumps = new ArrayList<>();
      for (Pending one : pending) {
        Output output = one.make.apply(meters);
        pumps.add(new Pump(output, one.interval, settings.retry()));
        meters.collect(
            DROPPED,
            () ->
                output.dropped() == 0
                    ? List.of()
                    : List.of(Meters.Sample.of((double) output.dropped(), output.name())));
      }
      return new Metrics(
          meters,
          new RouteSeries(meters),
          new PrometheusText(names, bounds, settings.targets().contains("prometheus")),
          pumps);
    }

    private void console(String target, boolean withValues) {
      ConsoleOutput output = new ConsoleOutput(target, names, withValues, console);
      events = Events.both(events, output);
      add(meters -> output, ConsoleOutput.LATEST);
    }

    private void statsd(String target, String address, LineForm form) {
      if (isGiven(target, address)) {
        HostPort to = resolved(target, address);
        Observations observations = new Observations();
        events = Events.both(events, observations);
        add(
            meters -> new StatsdOutput(target, meters, observations, form, new Datagrams(to)),
            settings.interval());
      }
    }

    private void graphite(String target) {
      if (isGiven(target, settings.graphiteAddr())) {
        HostPort to = resolved(target, settings.graphiteAddr());
        add(
            meters ->
                new GraphiteOutput(meters, names, to, settings.timeout(), InstantSource.system()),
            settings.interval());
      }
    }

    private void add(java.util.function.Function<Meters, Output> make, Duration interval) {
      pending.add(new Pending(make, interval));
    }

    private static boolean isGiven(String target, String address) {
      if (address.isEmpty()) {
        LOG.log(WARNING, "metrics: " + target + " has no address, so nothing is sent");
      }
      return !address.isEmpty();
    }

    private static HostPort resolved(String target, String address) {
      HostPort to = HostPort.parse(address);
      try {
        to.resolve();
        return to;
      } catch (UnknownHostException e) {
        throw new MetricsFailure(
            "error resolving "
                + target.replace("_raw", "")
                + " address "
                + address
                + ": "
                + e.getMessage());
      }
    }
  }
}
