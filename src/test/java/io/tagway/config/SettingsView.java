package io.tagway.config;

import io.tagway.config.ListenerSettings.CertSource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings by name of option, in the terms of config-cases.json. */
final class SettingsView {
  private SettingsView() {}

  static JsonObject of(Settings settings) {
    Map<String, Object> view = new HashMap<>();
    process(view, settings);
    proxy(view, settings);
    log(view, settings);
    metrics(view, settings.metrics());
    registry(view, settings.registry());
    consul(view, settings.registry().consul());
    ui(view, settings.ui());
    bgp(view, settings.bgp());
    return new JsonObject(view);
  }

  private static void process(Map<String, Object> view, Settings settings) {
    Settings.Lifecycle lifecycle = settings.lifecycle();
    view.put("insecure", lifecycle.insecure());
    view.put("profile.mode", lifecycle.profileMode());
    view.put("profile.path", lifecycle.profilePath());
    view.put("runtime.gogc", lifecycle.gogc());
    view.put("runtime.gomaxprocs", lifecycle.gomaxprocs());
    view.put("proxy.shutdownwait", nanos(lifecycle.shutdownWait()));
    view.put("proxy.deregistergraceperiod", nanos(lifecycle.deregisterGracePeriod()));
  }

  private static void proxy(Map<String, Object> view, Settings settings) {
    Settings.Http http = settings.http();
    view.put("proxy.addr", array(settings.listeners().stream().map(SettingsView::listener)));
    view.put("proxy.noroutestatus", http.noRouteStatus());
    view.put("proxy.maxconn", http.maxConn());
    view.put("proxy.dialtimeout", nanos(http.dialTimeout()));
    view.put("proxy.responseheadertimeout", nanos(http.responseHeaderTimeout()));
    view.put("proxy.keepalivetimeout", nanos(http.keepAliveTimeout()));
    view.put("proxy.idleconntimeout", nanos(http.idleConnTimeout()));
    view.put("proxy.flushinterval", nanos(http.flushInterval()));
    view.put("proxy.globalflushinterval", nanos(http.globalFlushInterval()));
    view.put("proxy.localip", http.localIp());
    view.put("proxy.gzip.contenttype", http.gzipContentTypes().map(Pattern::pattern).orElse(null));
    view.put("proxy.header.clientip", http.clientIpHeader());
    view.put("proxy.header.tls", http.tlsHeader());
    view.put("proxy.header.tls.value", http.tlsHeaderValue());
    view.put("proxy.header.requestid", http.requestIdHeader());
    view.put("proxy.header.sts.maxage", http.sts().maxAge());
    view.put("proxy.header.sts.subdomains", http.sts().subdomains());
    view.put("proxy.header.sts.preload", http.sts().preload());
    view.put("proxy.grpcmaxrxmsgsize", http.grpc().maxReceiveBytes());
    view.put("proxy.grpcmaxtxmsgsize", http.grpc().maxSendBytes());
    view.put("proxy.grpcshutdowntimeout", nanos(http.grpc().shutdownTimeout()));
    view.put("proxy.strategy", lower(settings.routing().strategy()));
    view.put("proxy.matcher", lower(settings.routing().matcher()));
    view.put("glob.matching.disabled", !settings.routing().hostGlobs());
    view.put("glob.cache.size", settings.routing().globCacheSize());
    JsonObject schemes = new JsonObject();
    settings
        .authSchemes()
        .forEach(
            (name, scheme) ->
                schemes.put(
                    name,
                    new JsonObject()
                        .put("type", scheme.type())
                        .put("file", scheme.file())
                        .put("realm", scheme.realm())
                        .put("refresh", nanos(scheme.refresh()))));
    view.put("proxy.auth", schemes);
  }

  private static void log(Map<String, Object> view, Settings settings) {
    view.put("log.access.format", settings.log().accessFormat());
    view.put("log.access.target", settings.log().accessTarget());
    view.put("log.routes.format", settings.log().routesFormat());
    view.put("log.level", settings.log().level());
  }

  private static void metrics(Map<String, Object> view, Settings.Metrics metrics) {
    view.put("metrics.target", String.join(", ", metrics.targets()));
    view.put("metrics.prefix", metrics.prefix());
    view.put("metrics.names", metrics.names());
    view.put("metrics.interval", nanos(metrics.interval()));
    view.put("metrics.timeout", nanos(metrics.timeout()));
    view.put("metrics.retry", nanos(metrics.retry()));
    view.put("metrics.graphite.addr", metrics.graphiteAddr());
    view.put("metrics.statsd.addr", metrics.statsdAddr());
    view.put("metrics.dogstatsd.addr", metrics.dogstatsdAddr());
    view.put("metrics.circonus.apikey", metrics.circonus().apiKey());
    view.put("metrics.circonus.apiapp", metrics.circonus().apiApp());
    view.put("metrics.circonus.apiurl", metrics.circonus().apiUrl());
    view.put("metrics.circonus.checkid", metrics.circonus().checkId());
    view.put("metrics.circonus.brokerid", metrics.circonus().brokerId());
    view.put("metrics.circonus.submissionurl", metrics.circonus().submissionUrl());
    view.put("metrics.prometheus.subsystem", metrics.prometheus().subsystem());
    view.put("metrics.prometheus.path", metrics.prometheus().path());
    view.put("metrics.prometheus.buckets", new JsonArray(metrics.prometheus().buckets()));
  }

  private static void registry(Map<String, Object> view, Settings.Registry registry) {
    view.put("registry.backend", registry.backend());
    view.put("registry.timeout", nanos(registry.timeout()));
    view.put("registry.retry", nanos(registry.retry()));
    view.put("registry.static.routes", registry.staticRoutes());
    view.put("registry.static.noroutehtml", registry.staticNoRouteHtml());
    view.put("registry.file.path", registry.filePath());
    view.put("registry.file.noroutehtmlpath", registry.fileNoRouteHtmlPath());
    view.put("registry.custom.host", registry.custom().host());
    view.put("registry.custom.scheme", registry.custom().scheme());
    view.put("registry.custom.path", registry.custom().path());
    view.put("registry.custom.queryparams", registry.custom().queryParams());
    view.put("registry.custom.timeout", nanos(registry.custom().timeout()));
    view.put("registry.custom.pollinterval", nanos(registry.custom().pollInterval()));
    view.put("registry.custom.checkTLSSkipVerify", registry.custom().checkTlsSkipVerify());
    view.put("registry.custom.noroutehtml", registry.custom().noRouteHtml());
  }

  private static void consul(Map<String, Object> view, Settings.Consul consul) {
    view.put("registry.consul.addr", consul.addr());
    view.put("registry.consul.addr#scheme", consul.scheme());
    view.put("registry.consul.token", consul.token());
    view.put("registry.consul.namespace", consul.namespace());
    view.put("registry.consul.tls.keyfile", consul.tls().keyFile());
    view.put("registry.consul.tls.certfile", consul.tls().certFile());
    view.put("registry.consul.tls.cafile", consul.tls().caFile());
    view.put("registry.consul.tls.capath", consul.tls().caPath());
    view.put("registry.consul.tls.insecureskipverify", consul.tls().insecureSkipVerify());
    view.put("registry.consul.kvpath", consul.kvPath());
    view.put("registry.consul.noroutehtmlpath", consul.noRouteHtmlPath());
    view.put("registry.consul.tagprefix", consul.tagPrefix());
    view.put("registry.consul.service.status", new JsonArray(consul.serviceStatus()));
    view.put("registry.consul.checksRequired", consul.allChecksRequired() ? "all" : "one");
    view.put("registry.consul.serviceMonitors", consul.serviceMonitors());
    view.put("registry.consul.pollinterval", nanos(consul.pollInterval()));
    view.put("registry.consul.requireConsistent", consul.requireConsistent());
    view.put("registry.consul.allowStale", consul.allowStale());
    Settings.Registration registration = consul.registration();
    view.put("registry.consul.register.enabled", registration.enabled());
    view.put("registry.consul.register.addr", registration.addr());
    view.put("registry.consul.register.name", registration.name());
    view.put("registry.consul.register.tags", new JsonArray(registration.tags()));
    view.put("registry.consul.register#checkscheme", registration.checkScheme());
    view.put("registry.consul.register.checkInterval", nanos(registration.checkInterval()));
    view.put("registry.consul.register.checkTimeout", nanos(registration.checkTimeout()));
    view.put("registry.consul.register.checkTLSSkipVerify", registration.checkTlsSkipVerify());
  }

  private static void ui(Map<String, Object> view, Settings.Ui ui) {
    view.put("ui.addr", listener(ui.listener()));
    view.put("ui.access", ui.readOnly() ? "ro" : "rw");
    view.put("ui.color", ui.color());
    view.put("ui.title", ui.title());
    view.put("ui.path", ui.path());
    view.put("ui.routingtable.source.linkenabled", ui.sourceLink().enabled());
    view.put("ui.routingtable.source.newtab", ui.sourceLink().newTab());
    view.put("ui.routingtable.source.scheme", ui.sourceLink().scheme());
    view.put("ui.routingtable.source.host", ui.sourceLink().host());
    view.put("ui.routingtable.source.port", ui.sourceLink().port());
  }

  private static void bgp(Map<String, Object> view, Settings.Bgp bgp) {
    view.put("bgp.enabled", bgp.enabled());
    view.put("bgp.asn", bgp.asn());
    view.put("bgp.anycastaddresses", new JsonArray(bgp.anycastAddresses()));
    view.put("bgp.routerid", bgp.routerId());
    view.put("bgp.nexthop", bgp.nextHop());
    view.put("bgp.listenport", bgp.listenPort());
    view.put("bgp.listenaddresses", new JsonArray(bgp.listenAddresses()));
    view.put("bgp.enablegrpc", bgp.grpcEnabled());
    view.put("bgp.grpclistenaddress", bgp.grpcListenAddress());
    view.put("bgp.grpctls", bgp.grpcTls());
    view.put("bgp.certfile", bgp.grpcCertFile());
    view.put("bgp.keyfile", bgp.grpcKeyFile());
    view.put("bgp.gobgpdcfgfile", bgp.gobgpdConfigFile());
    view.put("bgp.peers", array(bgp.peers().stream().map(SettingsView::peer)));
  }

  private static JsonObject peer(Settings.BgpPeer peer) {
    return new JsonObject()
        .put("address", peer.address())
        .put("port", peer.port())
        .put("asn", peer.asn())
        .put("multihop", peer.multihop())
        .put("multihoplength", peer.multihopLength())
        .put("password", peer.password());
  }

  private static JsonObject listener(ListenerSettings listener) {
    return new JsonObject()
        .put("addr", listener.address())
        .put("proto", listener.proto().word())
        .put("cs", certSource(listener.certSource()))
        .put("rt", nanos(listener.readTimeout()))
        .put("wt", nanos(listener.writeTimeout()))
        .put("it", nanos(listener.idleTimeout()))
        .put("strictmatch", listener.strictMatch())
        .put("tlsmin", listener.tlsMinVersion())
        .put("tlsmax", listener.tlsMaxVersion())
        .put("tlsciphers", new JsonArray(listener.tlsCiphers()))
        .put("pxyproto", listener.proxyProtocol())
        .put("pxytimeout", nanos(listener.proxyProtocolTimeout()))
        .put("refresh", nanos(listener.refresh()));
  }

  private static @Nullable JsonObject certSource(Optional<CertSource> source) {
    return source
        .map(
            cs ->
                new JsonObject()
                    .put("cs", cs.name())
                    .put("type", cs.type())
                    .put("cert", cs.cert())
                    .put("key", cs.key())
                    .put("clientca", cs.clientCa())
                    .put("caupgcn", cs.caUpgradeCn())
                    .put("refresh", nanos(cs.refresh()))
                    .put("vaultfetchtoken", cs.vaultFetchToken())
                    .put("hdr", new JsonObject(new HashMap<>(cs.headers()))))
        .orElse(null);
  }

  private static JsonArray array(Stream<JsonObject> items) {
    return new JsonArray(List.copyOf(items.toList()));
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }
}
