package io.tagway.config;

import static io.tagway.config.Option.Row.duration;
import static io.tagway.config.Option.Row.flag;
import static io.tagway.config.Option.Row.number;
import static io.tagway.config.Option.Row.row;
import static io.tagway.config.Option.Row.text;
import static io.tagway.config.OptionType.LIST;

import io.tagway.config.Option.Row;
import java.util.List;

/** The rows of {@link OptionTable} for where routes come from. */
final class RegistryOptions {
  private RegistryOptions() {}

  static List<Row> registry() {
    return List.of(
        text("registry.backend", "consul")
            .means("Where routes come from.")
            .must(Rule.oneOf("consul", "file", "static", "custom")),
        duration("registry.timeout", "10s")
            .means("How long the first contact with the registry is tried.")
            .must(Rule.notNegative()),
        duration("registry.retry", "500ms")
            .means("Pause between tries of the first contact.")
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
            .means("Scheme of the route service.")
            .must(Rule.oneOf("http", "https")),
        text("registry.custom.path", "").means("Path of the route service, without leading slash."),
        text("registry.custom.queryparams", "").means("Query for the route service, without ?."),
        duration("registry.custom.timeout", "5s").means("Time one request may take."),
        duration("registry.custom.pollinterval", "10s")
            .means("Pause between requests; 0 = none.")
            .must(Rule.notNegative())
            .alias("registry.custom.pollinginterval"),
        flag("registry.custom.checkTLSSkipVerify")
            .means("Do not verify the certificate of the route service."),
        text("registry.custom.noroutehtml", "")
            .means("HTML of the answer when no route matches (the text itself)."));
  }

  static List<Row> consul() {
    return List.of(
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
            .means(
                "Directory of trusted CAs for https; empty = the variable CONSUL_CAPATH. Without"
                    + " file and directory the CAs of this machine are trusted."),
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
        duration("registry.consul.register.checkTimeout", "3s")
            .means("Time limit of the HTTP check that Consul makes."),
        flag("registry.consul.register.checkTLSSkipVerify")
            .means("The HTTP check that Consul makes does not verify the certificate."));
  }
}
