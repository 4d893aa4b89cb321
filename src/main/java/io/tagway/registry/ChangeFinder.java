package io.tagway.registry;

import io.tagway.registry.CatalogJson.Failing;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares small answers about the whole catalog with what is known, and suspects each service that
 * differs: it must be read again.
 */
final class ChangeFinder {
  /** How many of the services that changed last are worth asking before anything larger. */
  static final int RECENT = 3;

  private record Recent(String name, long index) {}

  private final Function<String, Collection<String>> servicesOnNode;
  private final Set<String> suspects = new LinkedHashSet<>();
  private final Deque<Recent> recent = new ArrayDeque<>();

  /** Not worth asking for when something else changes, as there is no answer. */
  private final Set<String> refused = new HashSet<>();

  private final Map<String, Set<Failing>> failing = new HashMap<>();
  private Map<String, Set<String>> tags = new HashMap<>();

  /**
   * @param servicesOnNode names of the services known to have an instance on a node
   */
  ChangeFinder(Function<String, Collection<String>> servicesOnNode) {
    this.servicesOnNode = servicesOnNode;
  }

  /**
   * Takes all checks that have a status; the first call for a status suspects nobody.
   *
   * @param index what was read at this index or later is not suspected
   */
  void failing(String status, Set<Failing> now, long index) {
    Set<Failing> before = failing.put(status, now);
    if (before != null) {
      before.stream().filter(row -> !now.contains(row)).forEach(row -> suspect(row, index));
      now.stream().filter(row -> !before.contains(row)).forEach(row -> suspect(row, index));
    }
  }

  private void suspect(Failing row, long index) {
    if (row.service().isEmpty()) {
      suspects.addAll(servicesOnNode.apply(row.node()));
    } else if (recent.stream()
        .noneMatch(one -> one.name().equals(row.service()) && one.index() >= index)) {
      suspects.add(row.service());
    }
  }

  /** Whether a service of this name was there when names or it were last read. */
  boolean knows(String name) {
    return tags.containsKey(name);
  }

  /** How many services there were. */
  int names() {
    return tags.size();
  }

  /** Takes all service names with the tags in use. Gives those that are gone. */
  List<String> names(Map<String, Set<String>> now) {
    now.forEach(
        (name, set) -> {
          if (!set.equals(tags.get(name))) {
            suspects.add(name);
          }
        });
    return tags.keySet().stream().filter(name -> !now.containsKey(name)).toList();
  }

  /**
   * Takes note of the instances of one service as they are now. Gives whether there are any, or
   * were until now.
   */
  boolean read(String name, List<Listed> instances, long index) {
    Recent now = new Recent(name, instances.isEmpty() ? 0 : index);
    // A look at one that did not change leaves the order as it is.
    if (!recent.contains(now) && !refused.contains(name)) {
      recent.removeIf(one -> one.name().equals(name));
      recent.addFirst(now);
      if (recent.size() > RECENT) {
        recent.removeLast();
      }
    }
    if (instances.isEmpty()) {
      return tags.remove(name) != null;
    }
    tags.put(name, tagsOf(instances));
    return true;
  }

  /**
   * Consul does not answer for this name: from now on it does not count among those that changed
   * last. Gives whether that is new.
   */
  boolean refuse(String name) {
    recent.removeIf(one -> one.name().equals(name));
    return refused.add(name);
  }

  /** Takes note of all instances as they are now. */
  void readWhole(Map<String, List<Listed>> all) {
    refused.retainAll(all.keySet());
    tags = new HashMap<>();
    all.forEach((name, instances) -> tags.put(name, tagsOf(instances)));
  }

  private static Set<String> tagsOf(List<Listed> instances) {
    return instances.stream()
        .flatMap(listed -> listed.instance().tags().stream())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The Consul that answers now may count anew, and may answer for other names. */
  void restart() {
    recent.clear();
    refused.clear();
  }

  boolean hasSuspects() {
    return !suspects.isEmpty();
  }

  /** The services to read now; they are suspects no more. */
  List<String> takeSuspects() {
    List<String> taken = List.copyOf(suspects);
    suspects.clear();
    return taken;
  }

  /** Makes services suspects again, such as those that could not be read. */
  void suspect(Collection<String> names) {
    suspects.addAll(names);
  }

  /** Services that changed lately, the last one first. */
  List<String> recent() {
    return recent.stream().map(Recent::name).toList();
  }
}
