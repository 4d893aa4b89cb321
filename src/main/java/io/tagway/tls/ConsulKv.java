package io.tagway.tls;

import io.tagway.consul.Answer;
import io.tagway.consul.ConsulAgent;
import io.tagway.consul.LongPoll;
import io.tagway.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys below a prefix of Consul's KV store, as files; see <a
 * href="https://developer.hashicorp.com/consul/api-docs/kv">api-docs/kv</a>. Written in settings as
 * {@code http(s)://host:port/v1/kv/PREFIX[?token=T]}.
 */
final class ConsulKv {
  private static final String KV = "/v1/kv/";

  private final ConsulAgent agent;
  private final String path;
  private final Map<String, String> query;

  private ConsulKv(ConsulAgent agent, String path, Map<String, String> query) {
    this.agent = agent;
    this.path = path;
    this.query = query;
  }

  /**
   * Opens nothing yet.
   *
   * @throws BadCertificate if the address is none of that form
   */
  static ConsulKv at(Vertx vertx, String address, Outbound outbound) {
    try {
      URI uri = new URI(address);
      String rawPath = uri.getRawPath();
      if (uri.getScheme() == null || uri.getRawAuthority() == null || !rawPath.startsWith(KV)) {
        throw new BadCertificate("a Consul source needs http://HOST:PORT/v1/kv/PREFIX");
      }
      Map<String, String> query = parameters(uri.getRawQuery() == null ? "" : uri.getRawQuery());
      // In a header, so that no log between here and there shows it.
      String token = query.getOrDefault("token", "");
      query.remove("token");
      query.put("recurse", "");
      ConsulAgent agent =
          ConsulAgent.at(vertx, uri.getScheme(), uri.getRawAuthority(), token, outbound);
      return new ConsulKv(agent, rawPath, Map.copyOf(query));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new BadCertificate("a Consul source needs http://HOST:PORT/v1/kv/PREFIX");
    }
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        parameters.put(
            decoded(equals < 0 ? part : part.substring(0, equals)),
            equals < 0 ? "" : decoded(part.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** To be asked again and again. */
  LongPoll.Transport question() {
    return agent.question(path, query);
  }

  /** What is there now. */
  Future<List<PemFile>> read() {
    return agent.find(path, query).map(ConsulKv::files);
  }

  /** The keys in an answer, folders left out. */
  static List<PemFile> files(Answer answer) {
    List<PemFile> files = new ArrayList<>();
    if (answer.isAbsent()) {
      return files;
    }
    for (Object entry : answer.body().toJsonArray()) {
      if (entry instanceof JsonObject item) {
        String key = item.getString("Key", "");
        String value = item.getString("Value");
        if (key.endsWith("/")) {
          continue;
        }
        byte[] bytes = value == null ? new byte[0] : Base64.getDecoder().decode(value);
        files.add(
            bytes.length > PemFile.MAX_BYTES
                ? PemFile.tooLarge(key)
                : PemFile.of(key, new String(bytes, StandardCharsets.ISO_8859_1)));
      }
    }
    return files;
  }

  void close() {
    agent.close();
  }
}
