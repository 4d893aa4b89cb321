package io.tagway.config;

import io.tagway.route.PathMatcher;
import io.tagway.route.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Everything that was configured, checked. One record per room. */
public record Settings(
    Lifecycle lifecycle,
    List<ListenerSettings> listeners,
    Http http,
    Routing routing,
    Map<String, AuthScheme> authSchemes,
    Log log,
    Metrics metrics,
    Registry registry,
    Ui ui,
    Bgp bgp) {

  /** Start, run and stop of the process. */
  public record Lifecycle(
      boolean insecure,
      String profileMode,
      String profilePath,
      long gogc,
      long gomaxprocs,
      Duration shutdownWait,
      Duration deregisterGracePeriod,
      boolean reusePort) {}

  /** What the HTTP data path needs. Zero or negative durations mean no limit unless said. */
  public record Http(
      int noRouteStatus,
      int maxConn,
      Duration dialTimeout,
      Duration responseHeaderTimeout,
      Duration keepAliveTimeout,
      Duration idleConnTimeout,
      Duration flushInterval,
      Duration globalFlushInterval,
      String localIp,
      Optional<Pattern> gzipContentTypes,
      String clientIpHeader,
      String tlsHeader,
      String tlsHeaderValue,
      String requestIdHeader,
      Sts sts,
      Grpc grpc) {}

  /** Strict-Transport-Security. */
  public record Sts(int maxAge, boolean subdomains, boolean preload) {}

  /** gRPC limits in bytes. */
  public record Grpc(int maxReceiveBytes, int maxSendBytes, Duration shutdownTimeout) {}

  /** How tables are built. */
  public record Routing(
      Strategy strategy, PathMatcher matcher, boolean hostGlobs, int globCacheSize) {}

  /** One entry of proxy.auth, or that of ui.auth. */
  public record AuthScheme(String name, String type, String file, String realm, Duration refresh) {}

  /** Logging. */
  public record Log(String accessFormat, String accessTarget, String routesFormat, String level) {}

  /** Metric outputs. */
  public record Metrics(
      List<String> targets,
      String prefix,
      String names,
      Duration interval,
      Duration timeout,
      Duration retry,
      String graphiteAddr,
      String statsdAddr,
      String dogstatsdAddr,
      Circonus circonus,
      Prometheus prometheus) {}

  /** Circonus output. */
  public record Circonus(
      String apiKey,
      String apiApp,
      String apiUrl,
      String checkId,
      String brokerId,
      String submissionUrl) {}

  /** Prometheus output; buckets in seconds. */
  public record Prometheus(String subsystem, String path, List<Double> buckets) {}

  /** Where routes come from. */
  public record Registry(
      String backend,
      Duration timeout,
      Duration retry,
      String staticRoutes,
      String staticNoRouteHtml,
      String filePath,
      String fileNoRouteHtmlPath,
      Consul consul,
      Custom custom) {}

  /** The Consul backend. */
  public record Consul(
      String scheme,
      String addr,
      String token,
      String namespace,
      ConsulTls tls,
      String kvPath,
      String noRouteHtmlPath,
      String tagPrefix,
      List<String> serviceStatus,
      boolean allChecksRequired,
      int serviceMonitors,
      Duration pollInterval,
      boolean requireConsistent,
      boolean allowStale,
      Registration registration) {}

  /** TLS towards the agent; empty = not given. */
  public record ConsulTls(
      String keyFile,
      String certFile,
      String caFile,
      String caPath,
      String serverName,
      boolean insecureSkipVerify) {}

  /** How this router registers itself. */
  public record Registration(
      boolean enabled,
      String addr,
      String name,
      List<String> tags,
      String checkScheme,
      Duration checkInterval,
      Duration checkTimeout,
      boolean checkTlsSkipVerify) {}

  /** The custom backend. */
  public record Custom(
      String host,
      String scheme,
      String path,
      String queryParams,
      Duration timeout,
      Duration pollInterval,
      boolean checkTlsSkipVerify,
      String noRouteHtml) {}

  /**
   * UI and API.
   *
   * @param login who may use them; empty for everybody
   * @param hosts names by which browsers may write without a login, in lower case
   */
  public record Ui(
      ListenerSettings listener,
      boolean readOnly,
      Optional<AuthScheme> login,
      List<String> hosts,
      String color,
      String title,
      String path,
      SourceLink sourceLink) {}

  /** ui.routingtable.source. */
  public record SourceLink(
      boolean enabled, boolean newTab, String scheme, String host, String port) {}

  /** BGP speaker. */
  public record Bgp(
      boolean enabled,
      long asn,
      List<String> anycastAddresses,
      String routerId,
      String nextHop,
      int listenPort,
      List<String> listenAddresses,
      List<BgpPeer> peers,
      boolean grpcEnabled,
      String grpcListenAddress,
      boolean grpcTls,
      String grpcCertFile,
      String grpcKeyFile,
      String gobgpdConfigFile) {}

  /** One BGP peer. */
  public record BgpPeer(
      String address,
      long port,
      long asn,
      boolean multihop,
      long multihopLength,
      String password) {}
}
