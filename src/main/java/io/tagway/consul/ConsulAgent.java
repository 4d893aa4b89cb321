package io.tagway.consul;

import io.tagway.config.Settings;
import io.tagway.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One Consul agent over HTTP: address, token, namespace, TLS and consistency as configured.
 *
 * <p>Any status but 200 (and 404 where absence is an answer), a broken connection, a time limit
 * that is over and an agent without a leader all fail the future with a {@link ConsulFailure}.
 * Callbacks come on the context of the caller.
 */
public final class ConsulAgent {
  /** Beyond the wait that was asked for; Consul itself adds up to a sixteenth of the wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Four long polls, the parallel reads of services, writes of the admin API and registration. */
  private static final int CONNECTIONS_BESIDE_READS = 12;

  private static final int WAITING_REQUESTS = 1000;

  private final HttpClientAgent http;
  private final WebClient client;
  private final AgentAddress address;
  private final SocketAddress server;
  private final String host;
  private final Map<String, String> common;
  private final Map<String, String> consistency;
  private final String token;
  private final Traffic traffic = new Traffic();
  private final LoopCalls calls;

  private ConsulAgent(
      Vertx vertx, HttpClientAgent http, AgentAddress address, Settings.Consul settings) {
    this.calls = new LoopCalls(vertx);
    this.http = http;
    this.client =
        WebClient.wrap(
            http, new WebClientOptions().setUserAgent("tagway").setFollowRedirects(false));
    this.address = address;
    this.server = SocketAddress.inetSocketAddress(address.port(), address.host());
    String serverName = settings.tls().serverName();
    this.host = address.tls() && !serverName.isEmpty() ? serverName : address.host();
    this.common = settings.namespace().isEmpty() ? Map.of() : Map.of("ns", settings.namespace());
    this.consistency =
        settings.allowStale()
            ? Map.of("stale", "")
            : settings.requireConsistent() ? Map.of("consistent", "") : Map.of();
    this.token = settings.token();
  }

  /**
   * Opens nothing yet.
   *
   * @param outbound trust where no CA is given, and the proxy before the agent
   * @throws IllegalArgumentException if the address cannot be understood
   * @throws RuntimeException if certificate files cannot be used
   */
  public static ConsulAgent of(Vertx vertx, Settings.Consul settings, Outbound outbound) {
    AgentAddress address = AgentAddress.parse(settings.scheme(), settings.addr());
    int connections = CONNECTIONS_BESIDE_READS + Math.max(1, settings.serviceMonitors());
    HttpClientOptions options =
        AgentTls.clientOptions(address.tls(), settings.tls(), outbound)
            .setConnectTimeout((int) Duration.ofSeconds(5).toMillis())
            .setKeepAliveTimeout(75);
    outbound
        .proxy(address.tls(), address.host(), address.port())
        .ifPresent(options::setProxyOptions);
    HttpClientAgent http =
        vertx.createHttpClient(
            options,
            new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(WAITING_REQUESTS));
    return new ConsulAgent(vertx, http, address, settings);
  }

  /**
   * An agent of which no more is known than an address and a token. Reads are consistent, and over
   * https its certificate must be one that this machine trusts.
   *
   * @param scheme http or https
   * @param address {@code [user@]host[:port]}
   * @param token empty if none
   * @throws IllegalArgumentException if the address cannot be understood
   */
  public static ConsulAgent at(
      Vertx vertx, String scheme, String address, String token, Outbound outbound) {
    Settings.ConsulTls tls = new Settings.ConsulTls("", "", "", "", "", false);
    Settings.Registration none =
        new Settings.Registration(
            false, "", "", List.of(), "", Duration.ZERO, Duration.ZERO, false);
    return of(
        vertx,
        new Settings.Consul(
            scheme,
            address,
            token,
            "",
            tls,
            "",
            "",
            "",
            List.of(),
            false,
            1,
            Duration.ZERO,
            true,
            false,
            none),
        outbound);
  }

  /** host:port as it shows in logs. */
  public String address() {
    return address.toString();
  }

  /** How often it was asked. */
  public Traffic traffic() {
    return traffic;
  }

  /** A read that is answered now; fails unless the status is 200. */
  public Future<Answer> read(String path, Map<String, String> query) {
    return send(HttpMethod.GET, path, reading(query), null, Set.of(200), PATIENCE)
        .map(this::answer);
  }

  /** A read that is answered now and may find nothing. */
  public Future<Answer> find(String path, Map<String, String> query) {
    return send(HttpMethod.GET, path, reading(query), null, Set.of(200, 404), PATIENCE)
        .map(this::answer);
  }

  /** A question for a {@link LongPoll}; may find nothing. */
  public LongPoll.Transport question(String path, Map<String, String> query) {
    return (index, wait) -> {
      Map<String, String> all = reading(query);
      if (index > 0) {
        all.put("index", Long.toString(index));
        all.put("wait", wait.toMillis() + "ms");
      }
      Duration limit = wait.plus(wait.dividedBy(8)).plus(PATIENCE);
      return send(HttpMethod.GET, path, all, null, Set.of(200, 404), limit).map(this::answer);
    };
  }

  /** A write; gives the body of the answer and fails unless the status is 200. */
  public Future<Buffer> write(String path, Map<String, String> query, Buffer body) {
    Map<String, String> all = new TreeMap<>(common);
    all.putAll(query);
    return send(HttpMethod.PUT, path, all, body, Set.of(200), PATIENCE).map(ConsulAgent::body);
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return http.close();
  }

  private Map<String, String> reading(Map<String, String> query) {
    Map<String, String> all = new TreeMap<>(common);
    all.putAll(consistency);
    all.putAll(query);
    return all;
  }

  private Future<HttpResponse<Buffer>> send(
      HttpMethod method,
      String path,
      Map<String, String> query,
      @Nullable Buffer body,
      Set<Integer> hopedFor,
      Duration limit) {
    HttpRequest<Buffer> request =
        client
            .request(method, server, address.port(), host, path)
            .ssl(address.tls())
            .timeout(limit.toMillis());
    query.forEach(request::addQueryParam);
    if (!token.isEmpty()) {
      request.putHeader("X-Consul-Token", token);
    }
    if (!address.userInfo().isEmpty()) {
      byte[] userInfo = address.userInfo().getBytes(StandardCharsets.UTF_8);
      request.putHeader(
          HttpHeaders.AUTHORIZATION.toString(),
          "Basic " + Base64.getEncoder().encodeToString(userInfo));
    }
    String what = method + " " + address + path;
    return calls
        .ask(() -> body == null ? request.send() : request.sendBuffer(body))
        .recover(cause -> Future.failedFuture(ConsulFailure.unreachable(what, cause)))
        .compose(
            response ->
                hopedFor.contains(response.statusCode())
                    ? trusted(what, response)
                    : Future.failedFuture(
                        ConsulFailure.unexpected(response.statusCode(), body(response).toString())))
        .andThen(done -> traffic.count(done.succeeded()));
  }

  /** An answer of a server that has lost its cluster may lack half of the catalog. */
  private static Future<HttpResponse<Buffer>> trusted(String what, HttpResponse<Buffer> response) {
    return "false".equals(response.getHeader("X-Consul-Knownleader"))
        ? Future.failedFuture(
            ConsulFailure.unreachable(what, new IllegalStateException("No cluster leader")))
        : Future.succeededFuture(response);
  }

  private Answer answer(HttpResponse<Buffer> response) {
    String index = response.getHeader("X-Consul-Index");
    return new Answer(
        response.statusCode(),
        index == null || !index.matches("[0-9]{1,18}") ? 0 : Long.parseLong(index),
        body(response));
  }

  @SuppressWarnings("NullAway") // body() is null for an empty body
  private static Buffer body(HttpResponse<Buffer> response) {
    Buffer body = response.body();
    return body == null ? Buffer.buffer() : body;
  }
}
