package io.tagway.registry;

import io.tagway.consul.ConsulFailure;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The steps by which the catalog is read. Each asks, tells {@link CatalogKnowledge} what the answer
 * was, and delivers the services that differ; when to take which is for {@link CatalogSync} to say.
 *
 * <p>One at a time. A step that fails has delivered what it could read.
 */
final class CatalogSteps {
  private static final System.Logger LOG = System.getLogger(CatalogSteps.class.getName());

  private final CatalogReads reads;
  private final CatalogKnowledge knowledge;
  private final Consumer<Map<String, List<Listed>>> changed;
  private final SingleReads singleReads;

  /** All at the same time: what they are asked for is to be quick. */
  private final SingleReads recentReads;

  private boolean anyRefused;
  private boolean delivered;

  /**
   * @param parallel how many services may be read at the same time, 1 or more
   * @param changed takes the instances of services that differ, an empty list for one that is gone;
   *     the first call brings all
   */
  CatalogSteps(
      CatalogReads reads,
      int parallel,
      CatalogKnowledge knowledge,
      Consumer<Map<String, List<Listed>>> changed) {
    this.reads = reads;
    this.knowledge = knowledge;
    this.changed = changed;
    this.singleReads = new SingleReads(reads, parallel);
    this.recentReads = new SingleReads(reads, ChangeFinder.RECENT);
  }

  /** Whether Consul refused a name since everything was read. */
  boolean areAnyRefused() {
    return anyRefused;
  }

  /** Reads these services. Those that cannot be read stay suspects. */
  Future<Void> services(List<String> names) {
    return each(singleReads, names);
  }

  /** Reads the services that changed last. */
  Future<Void> recent() {
    return each(recentReads, knowledge.recent());
  }

  /**
   * Reads the services that changed last, and beside them the node where the next change is likely:
   * that is only a short cut, and where it cannot be had the names tell.
   */
  Future<Void> likely() {
    Future<Void> services = recent();
    return knowledge
        .likelyNode()
        .map(name -> Future.join(services, node(name)).transform(done -> services))
        .orElse(services);
  }

  private Future<Void> node(String name) {
    return reads
        .node(name)
        .map(
            read -> {
              knowledge.node(name, read.content());
              return null;
            });
  }

  /** Asks whether services moved at all, and whether one went. Gives how far that was looked at. */
  Future<Long> moves() {
    long asked = knowledge.moved();
    return reads
        .moves()
        .map(
            moves -> {
              knowledge.moves(moves, asked);
              return Math.max(asked, moves.services());
            });
  }

  /** Compares the names and tags of all services. */
  Future<Void> names() {
    return reads
        .names()
        .map(
            read -> {
              deliver(knowledge.names(read.content()));
              return null;
            });
  }

  /** Reads everything. */
  Future<Void> whole() {
    return reads
        .whole()
        .map(
            read -> {
              anyRefused = false;
              deliver(knowledge.whole(read));
              return null;
            });
  }

  private Future<Void> each(SingleReads singly, List<String> names) {
    Map<String, List<Listed>> differing = new HashMap<>();
    Set<String> unread = new LinkedHashSet<>(names);
    return singly
        .read(
            names,
            new SingleReads.Taker() {
              @Override
              public void take(String name, CatalogReads.Read<List<Listed>> read) {
                unread.remove(name);
                knowledge.service(name, read, differing);
              }

              @Override
              public void refused(String name, ConsulFailure failure) {
                unread.remove(name);
                CatalogSteps.this.refused(name, failure);
              }
            })
        .eventually(
            () -> {
              knowledge.unread(unread);
              deliver(differing);
              return Future.succeededFuture();
            });
  }

  /** Consul 1.8.7 answers 400 if the name has a character that cannot be printed. */
  private void refused(String name, ConsulFailure failure) {
    anyRefused = true;
    if (knowledge.refused(name)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "consul: The service {0} cannot be asked for by its name: {1}. It is read with all"
              + " others",
          ProblemText.quoted(name),
          failure.getMessage());
    }
  }

  private void deliver(Map<String, List<Listed>> differing) {
    knowledge.take(differing);
    if (!differing.isEmpty() || !delivered) {
      delivered = true;
      changed.accept(differing);
    }
  }
}
