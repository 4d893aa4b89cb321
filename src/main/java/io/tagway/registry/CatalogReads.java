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
   * Numbers of last writes.
   *
   * @param services to any service or node
   * @param extinction that took the last instance of a service away; the same as {@code services}
   *     where that has never happened
   */
  record Moves(long services, long extinction) {}

  /** What moved, without what it is now. */
  Future<Moves> moves();

  /** The names of all services with the tags in use. */
  Future<Read<Map<String, Set<String>>>> names();

  /** The instances on one node by the name of their service, without checks. */
  Future<Read<Map<String, List<Listed>>>> node(String name);

  /** All instances of all services. */
  Future<Read<Map<String, List<Listed>>>> whole();

  /** Asks the agent. */
  static CatalogReads of(ConsulAgent agent) {
    return new CatalogReads() {
      @Override
      public Future<Read<List<Listed>>> service(String name) {
        return read("/v1/health/service/" + segment(name), Map.of(), CatalogJson::service);
      }

      @Override
      public Future<Moves> moves() {
        Future<Answer> services = agent.read(NAMES, NO_NODE);
        Future<Answer> extinction = agent.read(NO_SERVICE, Map.of());
        return Future.join(services, extinction)
            .map(both -> new Moves(services.result().index(), extinction.result().index()));
      }

      @Override
      public Future<Read<Map<String, Set<String>>>> names() {
        return read(NAMES, Map.of(), CatalogJson::tags);
      }

      @Override
      public Future<Read<Map<String, List<Listed>>>> node(String name) {
        return read(NODE + segment(name), Map.of(), CatalogJson::services);
      }

      @Override
      public Future<Read<Map<String, List<Listed>>>> whole() {
        return read(NODES, Map.of(), CatalogJson::nodes);
      }

      private <T> Future<Read<T>> read(String path, Map<String, String> query, Decoder<T> decoder) {
        return agent.read(path, query).compose(answer -> decoded(answer, decoder));
      }
    };
  }

  /**
   * The call behind the page of all nodes in Consul's own UI: the only one that gives services and
   * checks of all nodes in one answer.
   */
  String NODES = "/v1/internal/ui/nodes";

  /** Followed by a name: the node and its services. */
  String NODE = "/v1/catalog/node/";

  /** All names of services with their tags. */
  String NAMES = "/v1/catalog/services";

  /**
   * Matches no node, so that {@link #NAMES} has nothing to show. Its index is that of the services
   * and nodes all the same, and it costs nothing. It does not wake a blocking query.
   */
  Map<String, String> NO_NODE = Map.of("node-meta", "~:~");

  /** A service that there is not: its index is that of the last service that went. */
  String NO_SERVICE = "/v1/health/service/~";

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
