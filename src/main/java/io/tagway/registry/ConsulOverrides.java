package io.tagway.registry;

import io.tagway.consul.ConsulAgent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Manual commands in Consul's key-value store, at the configured key and below it. */
final class ConsulOverrides implements Overrides {
  private final ConsulAgent agent;
  private final KvText text;

  ConsulOverrides(ConsulAgent agent, String path) {
    this.agent = agent;
    this.text = new KvText(path);
  }

  @Override
  public Future<List<String>> paths() {
    return agent
        .find(uri(""), Map.of("recurse", ""))
        .compose(
            answer -> {
              try {
                return Future.succeededFuture(
                    text.pairs(answer.body()).stream()
                        .map(pair -> pair.key().substring(text.root().length()))
                        .toList());
              } catch (IOException e) {
                return Future.failedFuture(e);
              }
            });
  }

  @Override
  public String originName(String path) {
    return text.root() + path;
  }

  @Override
  public Future<Text> read(String path) {
    return agent
        .find(uri(path), Map.of())
        .compose(
            answer -> {
              try {
                List<KvText.Pair> pairs = KvText.pairsOf(answer.body());
                return Future.succeededFuture(
                    pairs.isEmpty()
                        ? new Text("", Math.max(1, answer.index()))
                        : new Text(pairs.get(0).value(), pairs.get(0).version()));
              } catch (IOException e) {
                return Future.failedFuture(e);
              }
            });
  }

  @Override
  public Future<Boolean> write(String path, String value, long version) {
    return compareAndSet(path, value, 0)
        .compose(
            created ->
                created || version == 0
                    ? Future.succeededFuture(created)
                    : compareAndSet(path, value, version));
  }

  private Future<Boolean> compareAndSet(String path, String value, long version) {
    return agent
        .write(uri(path), Map.of("cas", Long.toString(version)), Buffer.buffer(value))
        .map(body -> body.toString().strip().equals("true"));
  }

  private String uri(String path) {
    return "/v1/kv/" + escaped(text.root() + path);
  }

  /** A key as the path of a URL; its slashes stay. */
  static String escaped(String key) {
    return Arrays.stream(key.split("/", -1))
        .map(CatalogReads::segment)
        .collect(Collectors.joining("/"));
  }
}
