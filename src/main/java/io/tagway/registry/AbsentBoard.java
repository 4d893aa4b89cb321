package io.tagway.registry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The routes of instances that are not well. Written on the registry's thread, read on any. */
final class AbsentBoard {
  private final Map<String, List<Absent>> services = new TreeMap<>();
  private volatile List<Absent> all = List.of();

  /** Takes what differs by service; an empty list for one that is well. */
  void take(Map<String, List<Absent>> changed) {
    boolean differs = false;
    for (Map.Entry<String, List<Absent>> one : changed.entrySet()) {
      List<Absent> before =
          one.getValue().isEmpty()
              ? services.remove(one.getKey())
              : services.put(one.getKey(), one.getValue());
      differs |= !one.getValue().equals(before == null ? List.of() : before);
    }
    if (differs) {
      all = services.values().stream().flatMap(List::stream).toList();
    }
  }

  /** By service name; the same list until something differs. */
  List<Absent> all() {
    return all;
  }
}
