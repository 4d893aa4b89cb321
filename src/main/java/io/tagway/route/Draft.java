package io.tagway.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One key while its commands are carried out. */
final class Draft {
  /** Up to that many targets are compared one by one. */
  private static final int FEW = 16;

  private final List<Slot> slots = new ArrayList<>(2);
  private final List<Flaw> flaws = new ArrayList<>(0);

  /** What is in {@link #slots}, while these are many; null until asked for. */
  private @Nullable Set<Claim.Identity> many;

  void add(Claim claim, int position) {
    for (Problem problem : claim.problems()) {
      flaws.add(new Flaw(position, problem));
    }
    Claim.Ready ready = claim.ready();
    if (ready != null && !contains(ready.identity())) {
      slots.add(new Slot(ready, claim.origin(), ready.identity().weight()));
      if (many != null) {
        many.add(ready.identity());
      }
    }
  }

  private boolean contains(Claim.Identity identity) {
    if (slots.size() > FEW) {
      if (many == null) {
        many = new HashSet<>();
        for (Slot slot : slots) {
          many.add(slot.ready().identity());
        }
      }
      return many.contains(identity);
    }
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).ready().identity().equals(identity)) {
        return true;
      }
    }
    return false;
  }

  void remove(String service, String destination, List<String> tags) {
    many = null;
    slots.removeIf(
        slot ->
            slot.isOf(service, tags)
                && (destination.isEmpty() || destination.equals(slot.endpoint().text())));
  }

  /** Divides the weight among the targets that match; false if none does. */
  boolean weigh(Command.Weight command) {
    List<Integer> matches = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).isOf(command.service(), command.tags())) {
        matches.add(i);
      }
    }
    for (int i : matches) {
      slots.set(i, slots.get(i).weighing(command.weight() / matches.size()));
    }
    return !matches.isEmpty();
  }

  void tell(Flaw flaw) {
    flaws.add(flaw);
  }

  List<Slot> slots() {
    return slots;
  }

  List<Flaw> flaws() {
    return List.copyOf(flaws);
  }
}
