package io.tagway.config;

import static io.tagway.config.EntryKeys.AUTH_SCHEME;
import static io.tagway.config.EntryKeys.BGP_PEER;
import static io.tagway.config.EntryKeys.LISTENER;
import static io.tagway.config.Option.Row.duration;
import static io.tagway.config.Option.Row.entries;
import static io.tagway.config.Option.Row.flag;
import static io.tagway.config.Option.Row.number;
import static io.tagway.config.Option.Row.row;
import static io.tagway.config.Option.Row.text;
import static io.tagway.config.OptionType.LIST;
import static io.tagway.config.OptionType.NUMBERS;
import static io.tagway.config.OptionType.UINT;

import io.tagway.config.Option.Row;
import java.util.List;

/**
 * The rows of {@link OptionTable} for the process, and how it is watched and reached by its
 * operators.
 */
final class OperatingOptions {
  private static final String NO_CONTROL_PORT =
      "there is no gobgp control port; /api/status shows the BGP peers";

  private static final String NO_CIRCONUS_API =
      "checks are not looked up; metrics.circonus.submissionurl says where to send";

  private OperatingOptions() {}

  static List<Row> process() {
    return List.of(
        text("cfg", "")
            .means(
                "Path or URL (http, https) of a properties file. The words ${NAME} in it are"
                    + " replaced by environment variables. The last one given is read."),
        flag("v").means("Print the version and stop."),
        flag("version").means("Print the version and stop."),
        flag("insecure").means("Say that running as root is meant; shortens the warning about it."),
        text("profile.mode", "")
            .means(
                "What the JDK's Flight Recorder records until the process ends; empty = nothing.")
            .must(Rule.oneOf("", "cpu", "mem", "mutex", "block", "trace")),
        text("profile.path", "")
            .otherwise("the directory for temporary files")
            .means("Directory that MODE.jfr is written to."),
        number("runtime.gogc", "100")
            .in("percent")
            .means("How eagerly Go collected garbage.")
            .never("the Java machine sizes its own heap; use the options of the java command"),
        number("runtime.gomaxprocs", "-1")
            .otherwise("the number of processors")
            .means("Number of event loops; 0 or less = as many as fit the processors."));
  }

  static List<Row> log() {
    return List.of(
        text("log.level", "INFO")
            .means("The least level that is logged.")
            .must(Rule.oneOfAnyCase("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")),
        text("log.routes.format", "delta")
            .means("How a change of the table is logged: changed lines, all lines, or a tree.")
            .must(Rule.oneOf("delta", "all", "detail")),
        text("log.access.target", "")
            .means("Where the access log goes; empty = nowhere.")
            .must(Rule.oneOf("", "stdout")),
        text("log.access.format", "common")
            .means(
                "common, combined, json, or a line with $fields. Checked when there is a"
                    + " target."));
  }

  static List<Row> metrics() {
    return List.of(
        text("metrics.target", "")
            .means(
                "Where metrics go, a comma list of stdout, flat, label, statsd_raw, dogstatsd,"
                    + " graphite, prometheus, circonus; empty = nowhere."),
        text("metrics.prefix", "{{clean .Hostname}}.{{clean .Exec}}")
            .means("Prefix of every metric; the word default = the default.")
            .must(Rule.template("Hostname", "Exec")),
        text(
                "metrics.names",
                "{{clean .Service}}.{{clean .Host}}.{{clean .Path}}.{{clean .TargetURL.Host}}")
            .means("Names of the metrics of a route; the word default = the default.")
            .must(Rule.template("Service", "Host", "Path", "TargetURL.Host")),
        duration("metrics.interval", "30s")
            .means("Period of sending to graphite, statsd_raw, dogstatsd and circonus.")
            .must(Rule.aboveZero()),
        duration("metrics.timeout", "10s").means("Time one sending may take."),
        duration("metrics.retry", "500ms").means("Pause before sending again."),
        text("metrics.graphite.addr", "").means("host:port of graphite, TCP."),
        text("metrics.statsd.addr", "").means("host:port for statsd_raw, UDP."),
        text("metrics.dogstatsd.addr", "").means("host:port for dogstatsd, UDP."),
        text("metrics.circonus.apikey", "")
            .means("Circonus API token.")
            .masked()
            .never(NO_CIRCONUS_API),
        text("metrics.circonus.apiapp", "fabio")
            .means("Circonus application name.")
            .never(NO_CIRCONUS_API),
        text("metrics.circonus.apiurl", "").means("Circonus API URL.").never(NO_CIRCONUS_API),
        text("metrics.circonus.brokerid", "").means("Circonus broker.").never(NO_CIRCONUS_API),
        text("metrics.circonus.checkid", "").means("Circonus check.").never(NO_CIRCONUS_API),
        text("metrics.circonus.submissionurl", "").means("Circonus submission URL."),
        text("metrics.prometheus.subsystem", "")
            .means("Second part of the names of Prometheus metrics."),
        text("metrics.prometheus.path", "/metrics")
            .means("Path of the metrics page on prometheus listeners.")
            .must(Rule.path()),
        row(NUMBERS, "metrics.prometheus.buckets", ".005,.01,.025,.05,.1,.25,.5,1,2.5,5,10")
            .in("seconds")
            .means("Upper bounds of the histograms.")
            .must(Rule.ascending()));
  }

  static List<Row> ui() {
    return List.of(
        entries("ui.addr", ":9998", LISTENER)
            .means("Where UI, API and /health listen: exactly one listener."),
        text("ui.access", "ro")
            .means("Whether manual overrides may be written: ro = no, rw = yes.")
            .must(Rule.oneOf("ro", "rw")),
        entries("ui.auth", "", AUTH_SCHEME)
            .means(
                "Who may use UI and API: the name of a scheme of proxy.auth, or one written here;"
                    + " empty = everybody. /health stays open. Not in Fabio."),
        row(LIST, "ui.hosts", "")
            .means(
                "Names by which browsers reach the UI, without port, for writing without ui.auth."
                    + " Addresses, names without a dot and names that nobody can register count"
                    + " anyway. Not in Fabio."),
        text("ui.color", "light-green").means("Colour of the head of the page."),
        text("ui.title", "").means("Title of the page."),
        text("ui.path", "")
            .means("Base path of UI and API; /health stays where it is.")
            .must(Rule.pathOrEmpty()),
        flag("ui.routingtable.source.linkenabled").means("Make the source of a route a link."),
        flag("ui.routingtable.source.newtab", "true").means("Open it in a new tab."),
        text("ui.routingtable.source.scheme", "http")
            .means("Scheme of the link; empty = that of the page."),
        text("ui.routingtable.source.host", "")
            .means("Host of the link; empty = that of the page."),
        text("ui.routingtable.source.port", "").means("Port of the link; empty = none."));
  }

  static List<Row> bgp() {
    return List.of(
        flag("bgp.enabled").means("Announce addresses by BGP."),
        row(UINT, "bgp.asn", "65000").means("Own AS number.").must(Rule.between(0, 4_294_967_295L)),
        row(LIST, "bgp.anycastaddresses", "").means("CIDR blocks to announce."),
        text("bgp.routerid", "").means("Own router id, an IP address."),
        text("bgp.nexthop", "").means("Next hop, an IP address; empty = the router id."),
        number("bgp.listenport", "179")
            .means("Port for incoming sessions; -1 = none.")
            .must(Rule.between(-1, 65_535)),
        row(LIST, "bgp.listenaddresses", "0.0.0.0").means("Addresses for incoming sessions."),
        entries("bgp.peers", "", BGP_PEER).means("Neighbours to open sessions with.").masked(),
        flag("bgp.enablegrpc")
            .means("Open the control port of the speaker.")
            .never(NO_CONTROL_PORT),
        text("bgp.grpclistenaddress", "127.0.0.1:50051")
            .means("Address of the control port of the speaker.")
            .never(NO_CONTROL_PORT),
        flag("bgp.grpctls").means("The control port speaks TLS.").never(NO_CONTROL_PORT),
        text("bgp.certfile", "").means("Certificate of the control port.").never(NO_CONTROL_PORT),
        text("bgp.keyfile", "").means("Key of the control port.").never(NO_CONTROL_PORT),
        text("bgp.gobgpdcfgfile", "")
            .means(
                "Configuration file of gobgpd. Refused with bgp.enabled: the options of bgp say"
                    + " all."));
  }

  static List<Row> deprecated() {
    return List.of(
        text("proxy.log.routes", "")
            .means("Old name of log.routes.format, which wins when both are given.")
            .must(Rule.oneOf("", "delta", "all", "detail")),
        text("aws.apigw.cert.cn", "")
            .means("Name of the certificate of the Amazon API gateway.")
            .never("the key caupgcn of a certificate source replaces it"),
        text("registry.consul.register.checkDeregisterCriticalServiceAfter", "")
            .means("When Consul removes a critical instance.")
            .never("the time is fixed")
            .alias("registry.consul.register.deregisterCriticalServiceAfter"));
  }
}
