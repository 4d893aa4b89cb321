package io.tagway.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A manual command made ready. The commands that concern a key are applied to it in order. */
sealed interface Edit {
  /** Place among the manual commands. */
  int position();

  /** The one key that is concerned; null if any key can be. */
  @Nullable Source source();

  /** The one service that is concerned; empty if any service can be. */
  String service();

  void apply(Draft draft);

  /** {@code route add}. */
  record Added(int position, Claim claim) implements Edit {
    @Override
    public Source source() {
      return claim.source();
    }

    @Override
    public String service() {
      return claim.add().service();
    }

    @Override
    public void apply(Draft draft) {
      draft.add(claim, position);
    }
  }

  /** {@code route del}; the destination is in normal form, or empty for any. */
  record Removed(
      int position, @Nullable Source source, String service, String destination, List<String> tags)
      implements Edit {
    @Override
    public void apply(Draft draft) {
      draft.remove(service, destination, tags);
    }
  }

  /** {@code route weight}. */
  record Weighed(int position, Source source, Command.Weight command, Origin origin)
      implements Edit {
    @Override
    public String service() {
      return command.service();
    }

    @Override
    public void apply(Draft draft) {
      if (!draft.weigh(command)) {
        Unfit unfit =
            new Unfit("route: no target match", "service, source and tags of a route that exists");
        draft.tell(new Flaw(position, unfit.at(origin, command.print())));
      }
    }
  }
}
