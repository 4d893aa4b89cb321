package io.tagway.route;

import java.util.List;

/**
 * Everything a table is made of. All of it persistent: an edit shares what it does not touch.
 *
 * @param groups what each service announces
 * @param manual the manual commands
 * @param cells every key that a service or a manual command names
 * @param hosts the routes as they are looked up
 */
record TableState(
    HashTrie<String, Group> groups,
    Manual manual,
    HashTrie<Source, Cell> cells,
    HostIndex hosts,
    int targetCount,
    int flawCount) {
  static TableState empty(Table.Options options) {
    return new TableState(
        HashTrie.empty(), Manual.of(List.of(), options), HashTrie.empty(), HostIndex.EMPTY, 0, 0);
  }

  TableState with(HashTrie<String, Group> others, int flaws) {
    return new TableState(others, manual, cells, hosts, targetCount, flaws);
  }

  TableState with(Manual other, int flaws) {
    return new TableState(groups, other, cells, hosts, targetCount, flaws);
  }
}
