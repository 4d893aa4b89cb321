package io.tagway.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change of a table: notes which keys are touched, then rebuilds these and shares the rest.
 * Used once, by one thread.
 */
final class TableEdit {
  /** What happens to the claims of one key. */
  private static final class Touched {
    final List<Claim> gone = new ArrayList<>(0);
    final List<Claim> come = new ArrayList<>(0);

    List<Claim> apply(List<Claim> claims) {
      if (gone.isEmpty() && come.isEmpty()) {
        return claims;
      }
      List<Claim> next = new ArrayList<>(claims.size() + come.size());
      next.addAll(claims);
      if (!gone.isEmpty()) {
        next.removeAll(new HashSet<>(gone));
      }
      next.addAll(come);
      next.sort(Claim::order);
      return next;
    }
  }

  private record Change(@Nullable Route before, @Nullable Route after) {}

  private final Table.Options options;
  private final Map<Source, Touched> touched = new LinkedHashMap<>();
  private final Map<String, List<Change>> changes = new HashMap<>();
  private TableState state;

  TableEdit(Table.Options options, TableState before) {
    this.options = options;
    this.state = before;
  }

  void services(Map<String, List<Line>> changed) {
    HashTrie<String, Group> groups = state.groups();
    int flaws = state.flawCount();
    for (Map.Entry<String, List<Line>> entry : changed.entrySet()) {
      Group known = state.groups().get(entry.getKey());
      Group old = known == null ? Group.EMPTY : known;
      Group next = old.with(entry.getValue(), options);
      flaws += next.flaws().size() - old.flaws().size();
      compare(old.claims(), next.claims());
      groups = next.isEmpty() ? groups.without(entry.getKey()) : groups.with(entry.getKey(), next);
    }
    state = state.with(groups, flaws);
  }

  /** Claims that were kept are the same objects. */
  private void compare(List<Claim> old, List<Claim> next) {
    Set<Claim> kept = new HashSet<>(old);
    for (Claim claim : next) {
      if (!kept.remove(claim)) {
        touch(claim.source()).come.add(claim);
      }
    }
    kept.forEach(claim -> touch(claim.source()).gone.add(claim));
  }

  void manual(List<Line> lines) {
    Manual old = state.manual();
    Manual next = Manual.of(lines, options);
    old.sources().forEach(this::touch);
    next.sources().forEach(this::touch);
    if (old.sweeps() || next.sweeps()) {
      state.cells().forEach((source, cell) -> touchIfSwept(source, cell, old, next));
    }
    int flaws = state.flawCount() + next.flaws().size() - old.flaws().size();
    state = state.with(next, flaws);
  }

  private void touchIfSwept(Source source, Cell cell, Manual old, Manual next) {
    if (old.sweeps(cell.claims()) || next.sweeps(cell.claims())) {
      touch(source);
    }
  }

  private Touched touch(Source source) {
    return touched.computeIfAbsent(source, key -> new Touched());
  }

  TableState finish() {
    HashTrie<Source, Cell> cells = state.cells();
    int targets = state.targetCount();
    int flaws = state.flawCount();
    for (Map.Entry<Source, Touched> entry : touched.entrySet()) {
      Source source = entry.getKey();
      Cell known = state.cells().get(source);
      Cell old = known == null ? Cell.EMPTY : known;
      List<Claim> claims = entry.getValue().apply(old.claims());
      Cell next = old.rebuilt(source, claims, state.manual(), options);
      cells = next.isEmpty() ? cells.without(source) : cells.with(source, next);
      targets += next.targetCount() - old.targetCount();
      flaws += next.flaws().size() - old.flaws().size();
      if (next.route() != old.route()) {
        changes
            .computeIfAbsent(source.host(), host -> new ArrayList<>())
            .add(new Change(old.route(), next.route()));
      }
    }
    HostIndex hosts = state.hosts();
    for (List<Change> changed : changes.values()) {
      hosts = changed(hosts, changed);
    }
    return new TableState(state.groups(), state.manual(), cells, hosts, targets, flaws);
  }

  /** The index with the changed routes of one host. */
  private HostIndex changed(HostIndex hosts, List<Change> changed) {
    Route any = changed.get(0).after() != null ? changed.get(0).after() : changed.get(0).before();
    if (any == null) {
      return hosts;
    }
    HostKey key = any.hostKey();
    HostRoutes known = state.hosts().get(key);
    PathTree paths = known == null ? PathTree.empty(options.matcher()) : known.paths();
    for (Change change : changed) {
      if (change.after() != null) {
        paths = paths.with(change.after());
      } else if (change.before() != null) {
        paths = paths.without(change.before());
      }
    }
    return hosts.set(key, paths.isEmpty() ? null : new HostRoutes(key, paths));
  }
}
