package io.tagway.registry;

import io.tagway.route.Instance;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The instances of all services that ask for routes, as they were last read, and on which node one
 * came, went or moved last.
 */
final class KnownServices {
  private final HealthRule rule;
  private final Map<String, List<Listed>> known = new HashMap<>();
  private String lastNode;

  /**
   * @param node where to expect the first change
   */
  KnownServices(HealthRule rule, String node) {
    this.rule = rule;
    this.lastNode = node;
  }

  /** Adds a service to those that differ, if what was read of it differs from what is known. */
  void compare(String name, List<Listed> read, Map<String, List<Listed>> differing) {
    List<Listed> concerned = read.stream().filter(rule::concerns).toList();
    if (!concerned.equals(known.getOrDefault(name, List.of()))) {
      differing.put(name, concerned);
    }
  }

  /** The services that differ from what is known, an empty list for one that is gone. */
  Map<String, List<Listed>> compareAll(Map<String, List<Listed>> read) {
    Map<String, List<Listed>> differing = new HashMap<>();
    read.forEach((name, listed) -> compare(name, listed, differing));
    known.keySet().stream()
        .filter(name -> !read.containsKey(name))
        .forEach(name -> differing.put(name, List.of()));
    return differing;
  }

  /** The services with other instances on a node than are known there. */
  Set<String> differingOn(String node, Map<String, List<Listed>> read) {
    Set<String> names = new LinkedHashSet<>(onNode(node));
    names.addAll(read.keySet());
    names.removeIf(
        name ->
            instances(read.getOrDefault(name, List.of()), node)
                .equals(instances(known.getOrDefault(name, List.of()), node)));
    return names;
  }

  private Set<Instance> instances(List<Listed> listed, String node) {
    return listed.stream()
        .filter(one -> rule.concerns(one) && one.instance().node().equals(node))
        .map(Listed::instance)
        .collect(Collectors.toSet());
  }

  /** The node where an instance came, went or moved last. */
  String lastNode() {
    return lastNode;
  }

  private void noteNode(List<Listed> before, List<Listed> now) {
    Set<Instance> moved = before.stream().map(Listed::instance).collect(Collectors.toSet());
    for (Listed listed : now) {
      if (!moved.remove(listed.instance())) {
        lastNode = listed.instance().node();
      }
    }
    moved.stream().findAny().ifPresent(gone -> lastNode = gone.node());
  }

  /** From now on this is known. */
  void take(Map<String, List<Listed>> differing) {
    if (!known.isEmpty()) {
      differing.forEach((name, now) -> noteNode(known.getOrDefault(name, List.of()), now));
    }
    differing.forEach(
        (name, listed) -> {
          if (listed.isEmpty()) {
            known.remove(name);
          } else {
            known.put(name, listed);
          }
        });
  }

  /** Names of the services with an instance on a node. */
  Collection<String> onNode(String node) {
    return known.entrySet().stream()
        .filter(
            entry -> entry.getValue().stream().anyMatch(one -> one.instance().node().equals(node)))
        .map(Map.Entry::getKey)
        .toList();
  }
}
