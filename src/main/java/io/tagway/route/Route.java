package io.tagway.route;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One host and one path with its targets. Immutable but for the cursor of its picker. */
public final class Route {
  /** That of {@link Target#NONE}. */
  static final Route NONE = new Route();

  private final Source source;
  private final HostKey hostKey;
  private final @Nullable Glob glob;
  private final List<Target> targets;
  private final int ringSize;
  private final Picker picker;

  private Route() {
    source = new Source("", "");
    hostKey = HostKey.ANY;
    glob = null;
    targets = List.of();
    ringSize = 0;
    picker = new Picker(new Target[0], Ring.of(Shares.of()), Strategy.RR, n -> 0, new AtomicLong());
  }

  /**
   * @param slots at least one
   * @param before the route that this one replaces; what is attached to its targets stays with the
   *     same instances, and its cursor goes on
   */
  Route(Source source, List<Slot> slots, Table.Options options, @Nullable Route before) {
    this.source = source;
    this.hostKey = slots.get(0).ready().host();
    this.glob = slots.get(0).ready().glob();
    double[] weights = new double[slots.size()];
    Arrays.setAll(weights, i -> slots.get(i).weight());
    Shares shares = Shares.of(weights);
    Target[] made = new Target[slots.size()];
    for (int i = 0; i < made.length; i++) {
      made[i] = new Target(this, slots.get(i), shares.weight(i), shares.slots(i));
    }
    this.targets = List.of(made);
    this.ringSize = shares.ringSize();
    AtomicLong cursor = before == null ? new AtomicLong() : before.picker.cursor();
    this.picker = new Picker(made, Ring.of(shares), options, cursor);
    attach(options, before);
  }

  private void attach(Table.Options options, @Nullable Route before) {
    Map<Endpoint, Target.Attachment> known = new HashMap<>();
    if (before != null) {
      before.targets.forEach(target -> known.put(target.endpoint(), target.attachment()));
    }
    for (Target target : targets) {
      Target.Attachment kept = known.isEmpty() ? null : known.get(target.endpoint());
      target.attach(kept != null ? kept : options.attach().apply(target));
    }
  }

  /** Whether a route of these slots would be no other than this one. */
  boolean isOf(List<Slot> slots) {
    boolean same = slots.size() == targets.size();
    for (int i = 0; same && i < slots.size(); i++) {
      Slot slot = slots.get(i);
      Target target = targets.get(i);
      same =
          slot.weight() == target.fixedWeight()
              && slot.origin().equals(target.origin())
              && slot.endpoint().equals(target.endpoint());
    }
    return same;
  }

  Source source() {
    return source;
  }

  HostKey hostKey() {
    return hostKey;
  }

  /** What the path of a request starts with if this route can match it. */
  String treeKey() {
    return glob == null ? source.path() : glob.prefix();
  }

  /** Whether a path matches the route's glob. */
  boolean matches(String decodedPath) {
    return glob != null && glob.matches(decodedPath);
  }

  /** Lower case; empty for a route without host; {@code :port} for a TCP route. */
  public String host() {
    return source.host();
  }

  public String path() {
    return source.path();
  }

  /** Targets in insertion order, those without a share included. */
  public List<Target> targets() {
    return targets;
  }

  /** Places in the full ring; the slots of its targets add up to it. */
  public int ringSize() {
    return ringSize;
  }

  /** Chooses a target by the strategy. */
  public Target pick() {
    return picker.pick();
  }

  /**
   * The target of the next request, which keeps its turn; empty if chance decides. Another request
   * may take it first.
   */
  public Optional<Target> upNext() {
    return picker.upNext();
  }

  /**
   * Chooses a target whose destination is none of those tried; {@link Target#NONE} when all were.
   */
  public Target pickExcept(List<Target> tried) {
    return picker.pickExcept(tried);
  }
}
