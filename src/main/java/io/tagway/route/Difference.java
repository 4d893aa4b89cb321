package io.tagway.route;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What makes one table out of another, target by target, and who brought it about. Takes time for
 * what differs only, if one table came from the other by edits.
 *
 * @param causes services and texts whose commands differ, in order
 * @param changes the first of the targets that differ, in the order of the table
 * @param added how many targets are new; those that are not among the changes count too
 * @param removed how many are gone
 * @param altered how many have other options, tags or weight
 */
public record Difference(
    List<Cause> causes, List<Change> changes, int added, int removed, int altered) {
  /**
   * Commands that differ.
   *
   * @param kind as of the origin of the commands
   * @param name of the service, the key or the file
   */
  public record Cause(Origin.Kind kind, String name) {}

  /**
   * A target that differs.
   *
   * @param source host and path of its route
   * @param before the target as a command; empty if it is new
   * @param after empty if it is gone
   * @param share its effective share afterwards, or before if it is gone
   */
  public record Change(String source, String before, String after, double share) {}

  /**
   * @param most how many changes are told at most
   */
  public static Difference between(Table older, Table newer, int most) {
    SortedMap<Source, Route> gone = bySource(older.routesNotIn(newer));
    SortedMap<Source, Route> come = bySource(newer.routesNotIn(older));
    TreeSet<Source> sources = new TreeSet<>(Source.LISTED);
    sources.addAll(gone.keySet());
    sources.addAll(come.keySet());
    Tally tally = new Tally(most);
    for (Source source : sources) {
      tally.route(source.text(), targets(gone.get(source)), targets(come.get(source)));
    }
    return new Difference(
        causes(older, newer), tally.changes, tally.added, tally.removed, tally.altered);
  }

  public Difference {
    causes = List.copyOf(causes);
    changes = List.copyOf(changes);
  }

  public boolean isEmpty() {
    return added + removed + altered == 0;
  }

  private static SortedMap<Source, Route> bySource(List<Route> routes) {
    SortedMap<Source, Route> sorted = new TreeMap<>(Source.LISTED);
    routes.forEach(route -> sorted.put(route.source(), route));
    return sorted;
  }

  private static List<Target> targets(@Nullable Route route) {
    return route == null ? List.of() : route.targets();
  }

  private static List<Cause> causes(Table older, Table newer) {
    TreeSet<String> services = new TreeSet<>(ByteOrder.ASCENDING);
    services.addAll(newer.servicesNotIn(older));
    services.addAll(older.servicesNotIn(newer));
    List<Cause> causes = new ArrayList<>();
    services.forEach(name -> causes.add(new Cause(Origin.Kind.TAG, name)));
    causes.addAll(texts(older.manual(), newer.manual()));
    return causes;
  }

  /** Texts with manual commands that are not the same in both. */
  private static List<Cause> texts(List<Line> older, List<Line> newer) {
    if (older.equals(newer)) {
      return List.of();
    }
    Map<Cause, List<Line>> before = byText(older);
    Map<Cause, List<Line>> after = byText(newer);
    TreeSet<Cause> differing =
        new TreeSet<>(Comparator.comparing(Cause::kind).thenComparing(Cause::name));
    before.forEach((text, lines) -> addUnless(lines.equals(after.get(text)), text, differing));
    after.forEach((text, lines) -> addUnless(lines.equals(before.get(text)), text, differing));
    return List.copyOf(differing);
  }

  private static void addUnless(boolean same, Cause text, TreeSet<Cause> differing) {
    if (!same) {
      differing.add(text);
    }
  }

  private static Map<Cause, List<Line>> byText(List<Line> lines) {
    Map<Cause, List<Line>> texts = new LinkedHashMap<>();
    for (Line line : lines) {
      Cause text = new Cause(line.origin().kind(), line.origin().name());
      texts.computeIfAbsent(text, any -> new ArrayList<>()).add(line);
    }
    return texts;
  }

  /** Counts while it collects. */
  private static final class Tally {
    final int most;
    final List<Change> changes = new ArrayList<>();
    int added;
    int removed;
    int altered;

    Tally(int most) {
      this.most = most;
    }

    /** What is gone comes first, so that a target that moved reads as from and to. */
    void route(String source, List<Target> before, List<Target> after) {
      Map<String, Deque<Target>> left = new HashMap<>();
      for (Target target : before) {
        left.computeIfAbsent(name(target), any -> new ArrayDeque<>()).add(target);
      }
      List<Change> kept = new ArrayList<>();
      List<Change> come = new ArrayList<>();
      for (Target target : after) {
        Target old = left.getOrDefault(name(target), new ArrayDeque<>()).poll();
        String was = old == null ? "" : old.print();
        String line = target.print();
        if (!was.equals(line)) {
          (old == null ? come : kept).add(new Change(source, was, line, target.weight()));
        }
      }
      altered += kept.size();
      added += come.size();
      kept.forEach(this::tell);
      for (Target target : before) {
        if (left.getOrDefault(name(target), new ArrayDeque<>()).remove(target)) {
          removed++;
          tell(new Change(source, target.print(), "", target.weight()));
        }
      }
      come.forEach(this::tell);
    }

    private static String name(Target target) {
      return target.service() + ' ' + target.destination();
    }

    private void tell(Change change) {
      if (changes.size() < most) {
        changes.add(change);
      }
    }
  }
}
