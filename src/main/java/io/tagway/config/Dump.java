package io.tagway.config;

import io.tagway.config.ListenerSettings.CertSource;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings as the JSON object of {@code /api/config}, with Fabio's keys in Fabio's order:
 * durations in nanoseconds, empty lists as null. Secrets are masked.
 */
final class Dump {
  private static final Pattern TOKEN_IN_QUERY = Pattern.compile("(token=)[^&]+");

  private Dump() {}

  static String of(Settings settings) {
    return Json.pretty(
        object(
            "Log", log(settings.log()),
            "ProfileMode", settings.lifecycle().profileMode(),
            "ProfilePath", settings.lifecycle().profilePath(),
            "Listen", list(settings.listeners().stream().map(Dump::listener).toList()),
            "Metrics", metrics(settings.metrics()),
            "BGP", bgp(settings.bgp()),
            "UI", ui(settings.ui()),
            "Registry", registry(settings.registry()),
            "Proxy", proxy(settings),
            "Runtime",
                object(
                    "GOGC", settings.lifecycle().gogc(),
                    "GOMAXPROCS", settings.lifecycle().gomaxprocs()),
            "GlobCacheSize", settings.routing().globCacheSize(),
            "Insecure", settings.lifecycle().insecure(),
            "GlobMatchingDisabled", !settings.routing().hostGlobs()));
  }

  private static Object log(Settings.Log log) {
    return object(
        "AccessFormat", log.accessFormat(),
        "AccessTarget", log.accessTarget(),
        "RoutesFormat", log.routesFormat(),
        "Level", log.level());
  }

  private static Object listener(ListenerSettings listener) {
    return object(
        "CertSource", certSource(listener.certSource()),
        "Addr", listener.address(),
        "Proto", listener.proto().word(),
        "TLSCiphers", list(listener.tlsCiphers()),
        "ReadTimeout", nanos(listener.readTimeout()),
        "WriteTimeout", nanos(listener.writeTimeout()),
        "IdleTimeout", nanos(listener.idleTimeout()),
        "ProxyHeaderTimeout", nanos(listener.proxyProtocolTimeout()),
        "Refresh", nanos(listener.refresh()),
        "TLSMinVersion", listener.tlsMinVersion(),
        "TLSMaxVersion", listener.tlsMaxVersion(),
        "StrictMatch", listener.strictMatch(),
        "ProxyProto", listener.proxyProtocol(),
        "ProxySources", list(listener.proxyProtocolSources().stream().map(IpBlock::text).toList()),
        "H2C", listener.h2c());
  }

  private static Object certSource(Optional<CertSource> source) {
    Map<String, Object> headers = new LinkedHashMap<>();
    source.ifPresent(s -> s.headers().forEach((name, v) -> headers.put(name, List.of(masked(v)))));
    return object(
        "Header", headers.isEmpty() ? null : headers,
        "Name", source.map(CertSource::name).orElse(""),
        "Type", source.map(CertSource::type).orElse(""),
        "CertPath", source.map(s -> withoutToken(s.cert())).orElse(""),
        "KeyPath", source.map(CertSource::key).orElse(""),
        "ClientCAPath", source.map(s -> withoutToken(s.clientCa())).orElse(""),
        "CAUpgradeCN", source.map(CertSource::caUpgradeCn).orElse(""),
        "VaultFetchToken", source.map(s -> masked(s.vaultFetchToken())).orElse(""),
        "Refresh", nanos(source.map(CertSource::refresh).orElse(Duration.ZERO)));
  }

  private static Object metrics(Settings.Metrics metrics) {
    Settings.Circonus circonus = metrics.circonus();
    Settings.Prometheus prometheus = metrics.prometheus();
    return object(
        "Circonus",
            object(
                "APIKey", masked(circonus.apiKey()),
                "APIApp", circonus.apiApp(),
                "APIURL", circonus.apiUrl(),
                "CheckID", circonus.checkId(),
                "BrokerID", circonus.brokerId(),
                "SubmissionURL", withoutToken(circonus.submissionUrl())),
        "Target", String.join(", ", metrics.targets()),
        "Prefix", metrics.prefix(),
        "Names", metrics.names(),
        "GraphiteAddr", metrics.graphiteAddr(),
        "StatsDAddr", metrics.statsdAddr(),
        "DogstatsdAddr", metrics.dogstatsdAddr(),
        "Prometheus",
            object(
                "Subsystem", prometheus.subsystem(),
                "Path", prometheus.path(),
                "Buckets", list(prometheus.buckets())),
        "Interval", nanos(metrics.interval()),
        "Timeout", nanos(metrics.timeout()),
        "Retry", nanos(metrics.retry()));
  }

  private static Object bgp(Settings.Bgp bgp) {
    return object(
        "RouterID", bgp.routerId(),
        "GRPCListenAddress", bgp.grpcListenAddress(),
        "CertFile", bgp.grpcCertFile(),
        "KeyFile", bgp.grpcKeyFile(),
        "GOBGPDCfgFile", bgp.gobgpdConfigFile(),
        "NextHop", bgp.nextHop(),
        "AnycastAddresses", list(bgp.anycastAddresses()),
        "ListenAddresses", list(bgp.listenAddresses()),
        "Peers", list(bgp.peers().stream().map(Dump::peer).toList()),
        "Asn", bgp.asn(),
        "ListenPort", bgp.listenPort(),
        "BGPEnabled", bgp.enabled(),
        "EnableGRPC", bgp.grpcEnabled(),
        "GRPCTLS", bgp.grpcTls());
  }

  private static Object peer(Settings.BgpPeer peer) {
    return object(
        "NeighborAddress", peer.address(),
        "Password", masked(peer.password()),
        "NeighborPort", peer.port(),
        "Asn", peer.asn(),
        "MultiHopLength", peer.multihopLength(),
        "MultiHop", peer.multihop());
  }

  private static Object ui(Settings.Ui ui) {
    Settings.SourceLink link = ui.sourceLink();
    return object(
        "RoutingTable",
            object(
                "Source",
                object(
                    "Scheme", link.scheme(),
                    "Host", link.host(),
                    "Port", link.port(),
                    "LinkEnabled", link.enabled(),
                    "NewTab", link.newTab())),
        "Color", ui.color(),
        "Title", ui.title(),
        "Access", ui.readOnly() ? "ro" : "rw",
        "Auth", ui.login().map(Dump::authScheme).orElse(null),
        "Hosts", list(ui.hosts()),
        "Path", ui.path(),
        "Listen", listener(ui.listener()));
  }

  private static Object registry(Settings.Registry registry) {
    Settings.Custom custom = registry.custom();
    return object(
        "Static",
            object("NoRouteHTML", registry.staticNoRouteHtml(), "Routes", registry.staticRoutes()),
        "File",
            object(
                "NoRouteHTMLPath", registry.fileNoRouteHtmlPath(),
                "RoutesPath", registry.filePath()),
        "Backend", registry.backend(),
        "Custom",
            object(
                "Host", custom.host(),
                "Path", custom.path(),
                "QueryParams", withoutToken(custom.queryParams()),
                "Scheme", custom.scheme(),
                "NoRouteHTML", custom.noRouteHtml(),
                "PollInterval", nanos(custom.pollInterval()),
                "Timeout", nanos(custom.timeout()),
                "CheckTLSSkipVerify", custom.checkTlsSkipVerify()),
        "Consul", consul(registry.consul()),
        "Timeout", nanos(registry.timeout()),
        "Retry", nanos(registry.retry()));
  }

  private static Object consul(Settings.Consul consul) {
    Settings.Registration registration = consul.registration();
    return object(
        "Addr", consul.addr(),
        "Scheme", consul.scheme(),
        "Token", masked(consul.token()),
        "KVPath", consul.kvPath(),
        "NoRouteHTMLPath", consul.noRouteHtmlPath(),
        "TagPrefix", consul.tagPrefix(),
        "Namespace", consul.namespace(),
        "ServiceAddr", registration.addr(),
        "ServiceName", registration.name(),
        "CheckScheme", registration.checkScheme(),
        "ChecksRequired", consul.allChecksRequired() ? "all" : "one",
        "TLS",
            object(
                "KeyFile", consul.tls().keyFile(),
                "CertFile", consul.tls().certFile(),
                "CAFile", consul.tls().caFile(),
                "CAPath", consul.tls().caPath(),
                "InsecureSkipVerify", consul.tls().insecureSkipVerify()),
        "ServiceTags", list(registration.tags()),
        "ServiceStatus", list(consul.serviceStatus()),
        "CheckInterval", nanos(registration.checkInterval()),
        "CheckTimeout", nanos(registration.checkTimeout()),
        "ServiceMonitors", consul.serviceMonitors(),
        "PollInterval", nanos(consul.pollInterval()),
        "Register", registration.enabled(),
        "CheckTLSSkipVerify", registration.checkTlsSkipVerify(),
        "RequireConsistent", consul.requireConsistent(),
        "AllowStale", consul.allowStale());
  }

  private static Object proxy(Settings settings) {
    Settings.Http http = settings.http();
    Map<String, Object> schemes = new LinkedHashMap<>();
    settings.authSchemes().forEach((name, scheme) -> schemes.put(name, authScheme(scheme)));
    return object(
        "GZIPContentTypes", http.gzipContentTypes().map(Pattern::pattern).orElse(null),
        "AuthSchemes", schemes,
        "Strategy", settings.routing().strategy().name().toLowerCase(Locale.ROOT),
        "Matcher", settings.routing().matcher().name().toLowerCase(Locale.ROOT),
        "LocalIP", http.localIp(),
        "ClientIPHeader", http.clientIpHeader(),
        "TLSHeader", http.tlsHeader(),
        "TLSHeaderValue", http.tlsHeaderValue(),
        "RequestID", http.requestIdHeader(),
        "STSHeader",
            object(
                "MaxAge", http.sts().maxAge(),
                "Subdomains", http.sts().subdomains(),
                "Preload", http.sts().preload()),
        "NoRouteStatus", http.noRouteStatus(),
        "MaxConn", http.maxConn(),
        "ShutdownWait", nanos(settings.lifecycle().shutdownWait()),
        "DeregisterGracePeriod", nanos(settings.lifecycle().deregisterGracePeriod()),
        "ReusePort", settings.lifecycle().reusePort(),
        "DialTimeout", nanos(http.dialTimeout()),
        "ResponseHeaderTimeout", nanos(http.responseHeaderTimeout()),
        "KeepAliveTimeout", nanos(http.keepAliveTimeout()),
        "IdleConnTimeout", nanos(http.idleConnTimeout()),
        "FlushInterval", nanos(http.flushInterval()),
        "GlobalFlushInterval", nanos(http.globalFlushInterval()),
        "GRPCMaxRxMsgSize", http.grpc().maxReceiveBytes(),
        "GRPCMaxTxMsgSize", http.grpc().maxSendBytes(),
        "GRPCGShutdownTimeout", nanos(http.grpc().shutdownTimeout()));
  }

  private static Object authScheme(Settings.AuthScheme scheme) {
    return object(
        "Name", scheme.name(),
        "Type", scheme.type(),
        "Basic",
            object(
                "ModTime", "0001-01-01T00:00:00Z",
                "Realm", scheme.realm(),
                "File", scheme.file(),
                "Refresh", nanos(scheme.refresh())));
  }

  /** Keys and values in turn. */
  private static Map<String, @Nullable Object> object(@Nullable Object... pairs) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return object;
  }

  private static @Nullable Object list(Collection<?> items) {
    return items.isEmpty() ? null : items;
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }

  private static String masked(String secret) {
    return secret.isEmpty() ? "" : "***";
  }

  private static String withoutToken(String address) {
    return TOKEN_IN_QUERY.matcher(address).replaceAll("$1***");
  }
}
