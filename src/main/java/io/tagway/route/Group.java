package io.tagway.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one service announces.
 *
 * @param claims its {@code route add} lines
 * @param flaws lines that a service cannot announce
 */
record Group(List<Claim> claims, List<Flaw> flaws) {
  static final Group EMPTY = new Group(List.of(), List.of());

  /** The same service with other lines; what was read before is kept. */
  Group with(List<Line> lines, Table.Options options) {
    Map<Line, Claim> known = new HashMap<>();
    claims.forEach(claim -> known.put(claim.line(), claim));
    Map<String, Place> places = new HashMap<>();
    List<Claim> next = new ArrayList<>(lines.size());
    List<Flaw> bad = new ArrayList<>();
    for (Line line : lines) {
      if (line.command() instanceof Command.Add add) {
        Claim kept = known.isEmpty() ? null : known.remove(line);
        if (kept == null) {
          Place place = places.computeIfAbsent(add.source(), source -> Place.of(source, options));
          kept = Claim.of(line, add, place, options);
        }
        next.add(kept);
      } else {
        Unfit unfit = new Unfit("route: a service can only add routes", "route add …");
        bad.add(new Flaw(Flaw.SERVICES, unfit.at(line.origin(), line.command().print())));
      }
    }
    return new Group(next, bad);
  }

  boolean isEmpty() {
    return claims.isEmpty() && flaws.isEmpty();
  }
}
