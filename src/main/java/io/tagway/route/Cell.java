package io.tagway.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one key: which services claim it, in order, and what came of it.
 *
 * @param route null if no target is left
 */
record Cell(List<Claim> claims, @Nullable Route route, List<Flaw> flaws) {
  static final Cell EMPTY = new Cell(List.of(), null, List.of());

  /** The same key for other claims or other manual commands; keeps the route if it is no other. */
  Cell rebuilt(Source source, List<Claim> others, Manual manual, Table.Options options) {
    Draft draft = new Draft();
    others.forEach(claim -> draft.add(claim, Flaw.SERVICES));
    manual.concerning(source, others).forEach(edit -> edit.apply(draft));
    List<Slot> slots = draft.slots();
    Route next;
    if (slots.isEmpty()) {
      next = null;
    } else {
      next = route != null && route.isOf(slots) ? route : new Route(source, slots, options, route);
    }
    return new Cell(others, next, draft.flaws());
  }

  boolean isEmpty() {
    return claims.isEmpty() && route == null && flaws.isEmpty();
  }

  int targetCount() {
    return route == null ? 0 : route.targets().size();
  }
}
