package io.tagway.registry;

import io.tagway.consul.Answer;
import io.tagway.consul.ConsulAgent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be asked of the catalog, from the cheapest to the dearest. */
interface CatalogReads {
  /**
   * Something read.
   *
   * @param index number of the last write to what it shows
   */
  record Read<T>(T content, long index) {}

  /** The instances of one service; an empty list if there is none. */
  Future<Read<List<Listed>>> service(String name);

  /**
   * The number of the last write to services or nodes; the content means nothing.
   *
   * @param node any that exists; the fewer services it has the cheaper
   */
  Future<Read<Boolean>> servicesIndex(String node);

  /** The names of all services with the tags in use. */
  Future<Read<Map<String, Set<String>>>> names();

  /** All instances of all services. */
  Future<Read<CatalogJson.Whole>> whole();

  /** Asks the agent. */
  static CatalogReads of(ConsulAgent agent) {
    return new CatalogReads() {
      @Override
      public Future<Read<List<Listed>>> service(String name) {
        return read("/v1/health/service/" + segment(name), Map.of(), CatalogJson::service);
      }

      @Override
      public Future<Read<Boolean>> servicesIndex(String node) {
        // The filter keeps the answer short; the index is that of both tables all the same.
        return read(
            "/v1/catalog/node/" + segment(node), Map.of("filter", "ID == \"\""), body -> true);
      }

      @Override
      public Future<Read<Map<String, Set<String>>>> names() {
        return read("/v1/catalog/services", Map.of(), CatalogJson::tags);
      }

      @Override
      public Future<Read<CatalogJson.Whole>> whole() {
        return read(NODES, Map.of(), CatalogJson::nodes);
      }

      private <T> Future<Read<T>> read(String path, Map<String, String> query, Decoder<T> decoder) {
        return agent.read(path, query).compose(answer -> decoded(answer, decoder));
      }
    };
  }

  /**
   * The call behind the page of all nodes in Consul's own UI: the only one that gives services and
   * checks of all nodes in one answer, and the only one that blocks on all three tables.
   */
  String NODES = "/v1/internal/ui/nodes";

  /** Matches no node, so that {@link #NODES} tells that something changed and nothing more. */
  Map<String, String> NO_NODE = Map.of("filter", "Node == \"\"");

  /**
   * The checks of a service that there is not. Tells that some check was written to and costs
   * nothing: a blocking query for a missing key wakes when the index around it changes, and no name
   * begins with a tilde.
   */
  String NO_CHECKS = "/v1/health/checks/~";

  /** Followed by a status: the checks that have it. */
  String CHECKS_WITH = "/v1/health/state/";

  /** Turns a body into what stands in it. */
  interface Decoder<T> {
    T decode(Buffer body) throws IOException;
  }

  private static <T> Future<Read<T>> decoded(Answer answer, Decoder<T> decoder) {
    try {
      return Future.succeededFuture(new Read<>(decoder.decode(answer.body()), answer.index()));
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  /** A name as one segment of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
