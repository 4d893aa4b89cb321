package io.tagway.registry;

import io.tagway.consul.ConsulFailure;
import io.tagway.registry.CatalogReads.Read;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Reads services one by one, some of them at the same time. */
final class SingleReads {
  /** Takes what was read of one service. */
  interface Taker {
    void take(String name, Read<List<Listed>> read);

    /** Consul does not answer questions for this name, whatever it says to others. */
    void refused(String name, ConsulFailure failure);
  }

  private final CatalogReads reads;
  private final int parallel;

  /**
   * @param parallel how many requests may be open, 1 or more
   */
  SingleReads(CatalogReads reads, int parallel) {
    this.reads = reads;
    this.parallel = parallel;
  }

  /**
   * Reads these services in order. Fails if one could not be read, after those on the way were
   * taken.
   */
  Future<Void> read(List<String> names, Taker taker) {
    Iterator<String> queue = names.iterator();
    return Future.join(Stream.generate(() -> next(queue, taker)).limit(parallel).toList())
        .mapEmpty();
  }

  private Future<Void> next(Iterator<String> queue, Taker taker) {
    if (!queue.hasNext()) {
      return Future.succeededFuture();
    }
    String name = queue.next();
    return reads
        .service(name)
        .transform(
            read -> {
              if (read.succeeded()) {
                taker.take(name, read.result());
              } else if (read.cause() instanceof ConsulFailure failure && failure.isRefusal()) {
                taker.refused(name, failure);
              } else {
                return Future.failedFuture(read.cause());
              }
              return next(queue, taker);
            });
  }
}
