package io.tagway.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The manual commands by what they concern, so that a route is rebuilt from its own commands alone.
 */
final class Manual {
  private final List<Line> lines;
  private final Map<Source, List<Edit>> bySource = new HashMap<>();
  private final Map<String, List<Edit>> byService = new HashMap<>();
  private final List<Edit> byTags = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();

  private Manual(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  static Manual of(List<Line> lines, Table.Options options) {
    Manual manual = new Manual(lines);
    for (int position = 0; position < lines.size(); position++) {
      manual.take(position, lines.get(position), options);
    }
    return manual;
  }

  private void take(int position, Line line, Table.Options options) {
    Command command = line.command();
    try {
      if (command instanceof Command.Add add) {
        put(
            new Edit.Added(
                position, Claim.of(line, add, Place.of(add.source(), options), options)));
      } else if (command instanceof Command.Weight weight) {
        WeightText.checked(weight.weight());
        put(new Edit.Weighed(position, Source.of(weight.source()), weight, line.origin()));
      } else if (command instanceof Command.Delete delete && !removesNothing(delete)) {
        put(removed(position, delete));
      }
    } catch (Unfit unfit) {
      flaws.add(new Flaw(position, unfit.at(line.origin(), command.print())));
    }
  }

  /** {@code route del tags ""}: without a service an empty list of tags is no wildcard. */
  private static boolean removesNothing(Command.Delete delete) {
    return delete.service().isEmpty() && delete.source().isEmpty() && delete.tags().isEmpty();
  }

  private static Edit removed(int position, Command.Delete delete) throws Unfit {
    String destination = delete.destination();
    return new Edit.Removed(
        position,
        delete.source().isEmpty() ? null : Source.of(delete.source()),
        delete.service(),
        destination.isEmpty() ? "" : Destination.of(destination).text(),
        delete.tags());
  }

  private void put(Edit edit) {
    Source source = edit.source();
    if (source != null) {
      bySource.computeIfAbsent(source, key -> new ArrayList<>()).add(edit);
    } else if (!edit.service().isEmpty()) {
      byService.computeIfAbsent(edit.service(), key -> new ArrayList<>()).add(edit);
    } else {
      byTags.add(edit);
    }
  }

  List<Line> lines() {
    return lines;
  }

  /** What cannot be carried out, whatever the services say. */
  List<Flaw> flaws() {
    return flaws;
  }

  Set<Source> sources() {
    return bySource.keySet();
  }

  /** Whether there are commands without a source. */
  boolean sweeps() {
    return !byTags.isEmpty() || !byService.isEmpty();
  }

  /** Whether commands without a source can concern a key that these services claim. */
  boolean sweeps(List<Claim> claims) {
    boolean found = !byTags.isEmpty();
    for (int i = 0; i < claims.size() && !found; i++) {
      found = byService.containsKey(claims.get(i).add().service());
    }
    return found;
  }

  /** The commands for a key, in order. */
  List<Edit> concerning(Source source, List<Claim> claims) {
    List<Edit> named = bySource.getOrDefault(source, List.of());
    if (byService.isEmpty() && byTags.isEmpty()) {
      return named;
    }
    List<Edit> edits = new ArrayList<>(named);
    Set<String> services = new LinkedHashSet<>();
    claims.forEach(claim -> services.add(claim.add().service()));
    named.forEach(edit -> services.add(edit.service()));
    services.forEach(service -> edits.addAll(byService.getOrDefault(service, List.of())));
    edits.addAll(byTags);
    edits.sort(Comparator.comparingInt(Edit::position));
    return edits;
  }
}
