package io.tagway.config;

import static io.tagway.config.EntryKeys.AUTH_SCHEME;
import static io.tagway.config.EntryKeys.BGP_PEER;
import static io.tagway.config.EntryKeys.CERT_SOURCE;
import static io.tagway.config.EntryKeys.LISTENER;
import static io.tagway.config.OptionType.DURATION;
import static io.tagway.config.OptionType.ENTRIES;
import static io.tagway.config.OptionType.INT;
import static io.tagway.config.OptionType.LIST;
import static io.tagway.config.OptionType.NUMBERS;
import static io.tagway.config.OptionType.SWITCH;
import static io.tagway.config.OptionType.TEXT;
import static io.tagway.config.OptionType.UINT;

import io.tagway.config.Option.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one table of all options. The command line, the names of environment variables and file keys,
 * the checks, {@code -h} and {@code docs/options.md} come from here; nothing about an option is
 * written a second time.
 */
public final class OptionTable {
  private static final String NO_CONTROL_PORT =
      "there is no gobgp control port; /api/status shows the BGP peers";

  private static final String NO_CIRCONUS_API =
      "checks are not looked up; metrics.circonus.submissionurl says where to send";

  private static final Map<String, Option> ROWS = rows();

  private OptionTable() {}

  private static Map<String, Option> rows() {
    Map<String, Option> rows = new LinkedHashMap<>();
    add(
        rows,
        Section.PROCESS,
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
    add(
        rows,
        Section.LISTENERS,
        entries("proxy.addr", ":9999", LISTENER)
            .means("Where the proxy listens: any number of listeners; empty = nowhere."),
        entries("proxy.cs", "", CERT_SOURCE)
            .means("Certificate sources that listeners refer to by name.")
            .masked(),
        entries("proxy.auth", "", AUTH_SCHEME).means("Login schemes that routes refer to by name."),
        duration("proxy.readtimeout", "0")
            .means("Default of the listener key rt, for proxy.addr only; 0 or less = none."),
        duration("proxy.writetimeout", "0")
            .means("Default of the listener key wt, for proxy.addr only; 0 or less = none."),
        text("proxy.localip", "")
            .otherwise("the first global address of the machine")
            .means(
                "Own address in the Forwarded header (by=); empty = no by=. May hold an address"
                    + " template."));
    add(
        rows,
        Section.PROXY,
        text("proxy.strategy", "rnd")
            .means("How one of several targets is chosen: at random or in turn.")
            .must(Rule.oneOf("rnd", "rr")),
        text("proxy.matcher", "prefix")
            .means("How the path of a route is compared; iprefix ignores case.")
            .must(Rule.oneOf("prefix", "iprefix", "glob")),
        number("proxy.noroutestatus", "404")
            .means("HTTP status of the answer when no route matches.")
            .must(Rule.between(100, 999)),
        number("proxy.maxconn", "10000")
            .in("connections")
            .means("Idle connections kept per upstream; 0 = 2, negative = none is kept.")
            .must(Rule.ofInt()),
        duration("proxy.dialtimeout", "30s")
            .means("Time to connect to an upstream; 0 = no limit, negative = fail at once."),
        duration("proxy.responseheadertimeout", "0")
            .means("Time an upstream has to send the head of its answer; 0 or less = no limit."),
        duration("proxy.keepalivetimeout", "0")
            .means("Period of TCP keep-alive probes to upstreams; 0 = 15s, negative = off."),
        duration("proxy.idleconntimeout", "15s")
            .means("How long an idle upstream connection is kept; 0 or less = no limit."),
        duration("proxy.flushinterval", "1s")
            .means(
                "Flush period for requests that accept exactly text/event-stream; 0 = none,"
                    + " negative = after every write. Every chunk is passed on at once anyway."),
        duration("proxy.globalflushinterval", "0")
            .means("The same for all other requests. Every chunk is passed on at once anyway."),
        duration("proxy.shutdownwait", "0")
            .means("At the end, how long running requests may take; 0 or less = they are cut."),
        duration("proxy.deregistergraceperiod", "0")
            .means("At the end, pause between leaving the registry and closing the listeners."),
        text("proxy.gzip.contenttype", "")
            .means("Answers whose content type holds a match are compressed; empty = none.")
            .must(Rule.regularExpression()),
        text("proxy.header.clientip", "")
            .means(
                "Request header that gets the address of the client. X-Forwarded-For and X-Real-Ip"
                    + " are always set and ignored here."),
        text("proxy.header.tls", "")
            .means("Request header set on requests that came over TLS, removed from all others."),
        text("proxy.header.tls.value", "").means("Value of that header."),
        text("proxy.header.requestid", "")
            .means("Request header that gets a new UUID on every request."),
        number("proxy.header.sts.maxage", "0")
            .in("seconds")
            .means("max-age of Strict-Transport-Security on TLS requests; 0 or less = no header.")
            .must(Rule.ofInt()),
        flag("proxy.header.sts.subdomains").means("Add includeSubdomains to that header."),
        flag("proxy.header.sts.preload").means("Add preload to that header."),
        number("proxy.grpcmaxrxmsgsize", "4194304")
            .in("bytes")
            .means("Largest gRPC message taken from clients and upstreams.")
            .must(Rule.between(0, Integer.MAX_VALUE)),
        number("proxy.grpcmaxtxmsgsize", "4194304")
            .in("bytes")
            .means("Largest gRPC message sent to clients.")
            .must(Rule.between(0, Integer.MAX_VALUE)),
        duration("proxy.grpcshutdowntimeout", "2s")
            .means(
                "How long a gRPC connection stays after its target left the table; 0 = closed at"
                    + " once."),
        flag("glob.matching.disabled")
            .means("Compare hosts of routes as plain text instead of as glob patterns."),
        number("glob.cache.size", "1000")
            .in("patterns")
            .means("How many compiled host patterns were cached.")
            .must(Rule.between(1, Integer.MAX_VALUE))
            .never("patterns are compiled once, with the table; there is no cache"));
    add(
        rows,
        Section.LOG,
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
    add(
        rows,
        Section.METRICS,
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
    add(
        rows,
        Section.REGISTRY,
        text("registry.backend", "consul")
            .means("Where routes come from.")
            .must(Rule.oneOf("consul", "file", "static", "custom")),
        duration("registry.timeout", "10s")
            .means("How long the first contact with the registry is tried.")
            .must(Rule.notNegative()),
        duration("registry.retry", "500ms")
            .means("Pause between these tries.")
            .must(Rule.notNegative()),
        text("registry.static.routes", "").means("Route commands, one a line."),
        text("registry.static.noroutehtml", "")
            .means("HTML of the answer when no route matches (the text itself).")
            .alias("registry.static.noroutehtmlpath"),
        text("registry.file.path", "").means("File of route commands."),
        text("registry.file.noroutehtmlpath", "")
            .means("File of the HTML for when no route matches; empty = none."),
        text("registry.custom.host", "").means("host:port of the route service."),
        text("registry.custom.scheme", "https")
            .means("Its scheme.")
            .must(Rule.oneOf("http", "https")),
        text("registry.custom.path", "").means("Its path, without leading slash."),
        text("registry.custom.queryparams", "").means("Its query, without ?."),
        duration("registry.custom.timeout", "5s").means("Time one request may take."),
        duration("registry.custom.pollinterval", "10s")
            .means("Pause between requests; 0 = none.")
            .must(Rule.notNegative())
            .alias("registry.custom.pollinginterval"),
        flag("registry.custom.checkTLSSkipVerify")
            .means("Do not verify the certificate of the route service."),
        text("registry.custom.noroutehtml", "")
            .means("HTML of the answer when no route matches (the text itself)."));
    add(
        rows,
        Section.CONSUL,
        text("registry.consul.addr", "localhost:8500")
            .means(
                "The agent: host:port, http://host:port or https://host:port. Empty = the variable"
                    + " CONSUL_HTTP_ADDR, else 127.0.0.1:8500."),
        text("registry.consul.token", "")
            .means("ACL token; empty = the variable CONSUL_HTTP_TOKEN.")
            .masked(),
        text("registry.consul.namespace", "")
            .means("Namespace of all calls; empty = the variable CONSUL_NAMESPACE."),
        text("registry.consul.tls.keyfile", "")
            .means("Client key for https; empty = the variable CONSUL_CLIENT_KEY."),
        text("registry.consul.tls.certfile", "")
            .means("Client certificate for https; empty = the variable CONSUL_CLIENT_CERT."),
        text("registry.consul.tls.cafile", "")
            .means("File of trusted CAs for https; empty = the variable CONSUL_CACERT."),
        text("registry.consul.tls.capath", "")
            .means("Directory of trusted CAs for https; empty = the variable CONSUL_CAPATH."),
        flag("registry.consul.tls.insecureskipverify")
            .means(
                "Do not verify the certificate of the agent. The variable"
                    + " CONSUL_HTTP_SSL_VERIFY=false does the same."),
        text("registry.consul.kvpath", "/fabio/config")
            .means("Prefix of the keys that hold manual route commands; starts with one slash."),
        text("registry.consul.noroutehtmlpath", "/fabio/noroute.html")
            .means("Prefix of the keys that hold the HTML for when no route matches."),
        text("registry.consul.tagprefix", "urlprefix-")
            .means("Prefix of the service tags that define routes."),
        row(LIST, "registry.consul.service.status", "passing")
            .means("States of checks that count as healthy.")
            .must(Rule.someOf("passing", "warning", "critical", "unknown")),
        text("registry.consul.checksRequired", "one")
            .means("How many checks of an instance must be healthy.")
            .must(Rule.oneOf("one", "all")),
        number("registry.consul.serviceMonitors", "1")
            .in("calls")
            .means("How many calls to the catalog run at once; below 1 = 1."),
        duration("registry.consul.pollinterval", "0")
            .means("Ask at this period instead of waiting for changes; 0 = wait for changes.")
            .must(Rule.notNegative())
            .alias("registry.consul.pollInterval"),
        flag("registry.consul.requireConsistent", "true")
            .means("Consistent reads. Off when only allowStale is given."),
        flag("registry.consul.allowStale")
            .means("Reads that any server may answer; not together with requireConsistent."),
        flag("registry.consul.register.enabled", "true")
            .means("Register this router as a service."),
        text("registry.consul.register.addr", "")
            .otherwise("the address of ui.addr")
            .means("host:port to register. May hold an address template."),
        text("registry.consul.register.name", "fabio").means("Name to register."),
        row(LIST, "registry.consul.register.tags", "").means("Tags to register."),
        duration("registry.consul.register.checkInterval", "1s")
            .means("Period of the HTTP check that Consul makes."),
        duration("registry.consul.register.checkTimeout", "3s").means("Time limit of that check."),
        flag("registry.consul.register.checkTLSSkipVerify")
            .means("That check does not verify the certificate."));
    add(
        rows,
        Section.UI,
        entries("ui.addr", ":9998", LISTENER)
            .means("Where UI, API and /health listen: exactly one listener."),
        text("ui.access", "ro")
            .means("Whether manual overrides may be written: ro = no, rw = yes.")
            .must(Rule.oneOf("ro", "rw")),
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
    add(
        rows,
        Section.BGP,
        flag("bgp.enabled").means("Announce addresses by BGP."),
        row(UINT, "bgp.asn", "65000").means("Own AS number.").must(Rule.between(0, 4_294_967_295L)),
        row(LIST, "bgp.anycastaddresses", "").means("CIDR blocks to announce."),
        text("bgp.routerid", "").means("Own router id, an IP address."),
        text("bgp.nexthop", "").means("Next hop, an IP address; empty = the router id."),
        number("bgp.listenport", "179")
            .means("Port for incoming sessions; -1 = none.")
            .must(Rule.between(-1, 65_535)),
        row(LIST, "bgp.listenaddresses", "0.0.0.0").means("Addresses for incoming sessions."),
        entries("bgp.peers", "", BGP_PEER).means("Neighbours.").masked(),
        flag("bgp.enablegrpc")
            .means("Open the control port of the speaker.")
            .never(NO_CONTROL_PORT),
        text("bgp.grpclistenaddress", "127.0.0.1:50051")
            .means("Address of that port.")
            .never(NO_CONTROL_PORT),
        flag("bgp.grpctls").means("That port speaks TLS.").never(NO_CONTROL_PORT),
        text("bgp.certfile", "").means("Its certificate.").never(NO_CONTROL_PORT),
        text("bgp.keyfile", "").means("Its key.").never(NO_CONTROL_PORT),
        text("bgp.gobgpdcfgfile", "")
            .means("Configuration file of gobgpd instead of asn, routerid and listen options."));
    add(
        rows,
        Section.DEPRECATED,
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
    return rows;
  }

  /** All rows in the order of the reference. */
  static Collection<Option> options() {
    return ROWS.values();
  }

  /** The row of that name, with its case; aliases are no names. */
  static Optional<Option> named(String name) {
    return Optional.ofNullable(ROWS.get(name));
  }

  /** The row that goes by that name or had it in an old manual. */
  static Optional<Option> called(String name) {
    return named(name)
        .or(() -> ROWS.values().stream().filter(o -> o.aliases().contains(name)).findFirst());
  }

  /** The names of all options that can be set and change nothing yet. Sorted as in the table. */
  public static List<String> withoutEffect() {
    List<String> names = new ArrayList<>();
    for (Option option : options()) {
      if (option.effect() == Effect.LATER) {
        names.add(option.name());
      }
    }
    for (EntryKey key : LISTENER) {
      if (key.effect() == Effect.LATER) {
        names.add("proxy.addr " + key.name());
        names.add("ui.addr " + key.name());
      }
    }
    return List.copyOf(names);
  }

  private static void add(Map<String, Option> rows, Section section, Row... added) {
    for (Row row : added) {
      Option option = row.under(section);
      rows.put(option.name(), option);
    }
  }

  private static Row row(OptionType type, String name, String fallback) {
    return new Row(type, name, fallback);
  }

  private static Row text(String name, String fallback) {
    return row(TEXT, name, fallback);
  }

  private static Row flag(String name) {
    return row(SWITCH, name, "false");
  }

  private static Row flag(String name, String fallback) {
    return row(SWITCH, name, fallback);
  }

  private static Row number(String name, String fallback) {
    return row(INT, name, fallback);
  }

  private static Row duration(String name, String fallback) {
    return row(DURATION, name, fallback);
  }

  private static Row entries(String name, String fallback, List<EntryKey> keys) {
    return row(ENTRIES, name, fallback).keys(keys);
  }
}
