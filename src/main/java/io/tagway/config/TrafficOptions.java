package io.tagway.config;

import static io.tagway.config.EntryKeys.AUTH_SCHEME;
import static io.tagway.config.EntryKeys.CERT_SOURCE;
import static io.tagway.config.EntryKeys.LISTENER;
import static io.tagway.config.Option.Row.duration;
import static io.tagway.config.Option.Row.entries;
import static io.tagway.config.Option.Row.flag;
import static io.tagway.config.Option.Row.number;
import static io.tagway.config.Option.Row.text;

import io.tagway.config.Option.Row;
import java.util.List;

/** The rows of {@link OptionTable} for what listens and what becomes of requests. */
final class TrafficOptions {
  private TrafficOptions() {}

  static List<Row> listeners() {
    return List.of(
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
  }

  static List<Row> proxy() {
    return List.of(
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
            .means(
                "Most connections to one upstream, shared out among the event loops; a request"
                    + " beyond them waits for proxy.dialtimeout, then 503. 0 or less = no limit,"
                    + " and no more than 2 idle ones are kept, or none if negative.")
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
            .means("Flush period for all other requests. Every chunk is passed on at once anyway."),
        duration("proxy.shutdownwait", "0")
            .means("At the end, how long running requests may take; 0 or less = they are cut."),
        duration("proxy.deregistergraceperiod", "0")
            .means("At the end, pause between leaving the registry and closing the listeners."),
        flag("proxy.reuseport")
            .means(
                "Listen with SO_REUSEPORT, ui.addr too, so that another router of the same user can"
                    + " take the ports over while this one ends. Not in Fabio."),
        text("proxy.gzip.contenttype", "")
            .means("Answers whose content type holds a match are compressed; empty = none.")
            .must(Rule.regularExpression()),
        text("proxy.header.clientip", "")
            .means(
                "Request header that gets the address of the client. X-Forwarded-For and X-Real-Ip"
                    + " are always set and ignored here."),
        text("proxy.header.tls", "")
            .means("Request header set on requests that came over TLS, removed from all others."),
        text("proxy.header.tls.value", "").means("Value of the header of proxy.header.tls."),
        text("proxy.header.requestid", "")
            .means("Request header that gets a new UUID on every request."),
        number("proxy.header.sts.maxage", "0")
            .in("seconds")
            .means("max-age of Strict-Transport-Security on TLS requests; 0 or less = no header.")
            .must(Rule.ofInt()),
        flag("proxy.header.sts.subdomains")
            .means("Add includeSubdomains to Strict-Transport-Security."),
        flag("proxy.header.sts.preload").means("Add preload to Strict-Transport-Security."),
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
  }
}
