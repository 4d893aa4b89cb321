package io.tagway.registry;

import io.tagway.registry.CatalogReads.Moves;
import io.tagway.registry.CatalogReads.Read;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What answers of the catalog say beside what was known before: which services differ, which ones
 * are to be read again, and which writes are explained. Asks nothing itself.
 */
final class CatalogKnowledge {
  /** As many names with their tags cost what an instance in full does, with room for a miss. */
  private static final int NAMES_FOR_AN_INSTANCE = 8;

  /** As many cost what a request does. */
  private static final int NAMES_FOR_A_REQUEST = 64;

  private final KnownServices known;
  private final ChangeFinder finder;
  private final CatalogIndex index = new CatalogIndex();

  /**
   * @param rule knows which instances ask for a route
   * @param node where to expect the first change
   */
  CatalogKnowledge(HealthRule rule, String node) {
    this.known = new KnownServices(rule, node);
    this.finder = new ChangeFinder(known::onNode);
  }

  /** What is explained and what is not, for whoever chooses the next step. */
  CatalogIndex index() {
    return index;
  }

  /** Who is suspected, for whoever chooses the next step. */
  ChangeFinder finder() {
    return finder;
  }

  /** The Consul that answers now may count anew. */
  void restart() {
    index.restart();
    finder.restart();
  }

  /** How far the catalog has moved. */
  long moved() {
    return index.moved();
  }

  /** The services that changed last, the last one first. */
  List<String> recent() {
    return finder.recent();
  }

  /** Takes how far services have moved, asked for when the catalog had moved so far. */
  void moves(Moves moves, long asked) {
    index.servicesAt(moves, asked);
  }

  /** These services could not be read: they are suspects still. */
  void unread(Collection<String> names) {
    finder.suspect(names);
  }

  /** Consul does not answer for this name. Gives whether that is new. */
  boolean refused(String name) {
    return finder.refuse(name);
  }

  /** Takes one service; it is added to those that differ if it does. */
  void service(String name, Read<List<Listed>> read, Map<String, List<Listed>> differing) {
    // The index for a service that is not there is that of whichever went last.
    if (finder.read(name, read.content(), read.index())) {
      index.read(read.index());
    }
    known.compare(name, read.content(), differing);
  }

  /** Takes all names with their tags. Gives the services that are gone for sure. */
  Map<String, List<Listed>> names(Map<String, Set<String>> names) {
    List<String> gone = finder.names(names);
    if (!index.isNameGone()) {
      finder.suspect(gone);
      return Map.of();
    }
    Map<String, List<Listed>> differing = new HashMap<>();
    for (String name : gone) {
      finder.read(name, List.of(), 0);
      known.compare(name, List.of(), differing);
    }
    index.readGone();
    return differing;
  }

  /**
   * The node where the next change is likely, since deployments go from node to node; none if it
   * holds so much that the names of all services are cheaper to read.
   */
  Optional<String> likelyNode() {
    String node = known.lastNode();
    int names = NAMES_FOR_A_REQUEST + known.onNode(node).size() * NAMES_FOR_AN_INSTANCE;
    return names <= finder.names() && !node.isEmpty() ? Optional.of(node) : Optional.empty();
  }

  /** Takes the instances of one node. Services that differ there, or are new, are suspects. */
  void node(String node, Map<String, List<Listed>> read) {
    finder.suspect(known.differingOn(node, read));
    finder.suspect(read.keySet().stream().filter(name -> !finder.knows(name)).toList());
  }

  /** Takes everything. Gives the services that differ. */
  Map<String, List<Listed>> whole(Read<Map<String, List<Listed>>> read) {
    boolean isFirst = finder.names() == 0;
    index.readWhole(read.index());
    Map<String, List<Listed>> differing = known.compareAll(read.content());
    if (!isFirst && differing.size() <= ChangeFinder.RECENT) {
      differing
          .keySet()
          .forEach(name -> finder.read(name, read.content().getOrDefault(name, List.of()), 0));
    }
    finder.readWhole(read.content()); // last: of refused names that are gone it knows no more
    return differing;
  }

  /** From now on this is known, an empty list for a service that is gone. */
  void take(Map<String, List<Listed>> differing) {
    known.take(differing);
  }
}
