package io.tagway.registry;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The instances of all services that ask for routes, as they were last read. */
final class KnownServices {
  private final HealthRule rule;
  private final Map<String, List<Listed>> known = new HashMap<>();

  KnownServices(HealthRule rule) {
    this.rule = rule;
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

  /** From now on this is known. */
  void take(Map<String, List<Listed>> differing) {
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
