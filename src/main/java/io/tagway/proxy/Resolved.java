package io.tagway.proxy;

import io.tagway.metrics.RouteMeters;
import io.tagway.metrics.TargetStats;
import io.tagway.route.Target;
import java.util.Optional;

/**
 * What is attached to a target when the table is built, so that nothing has to be looked up by name
 * on the way of a request.
 *
 * @param meters what is measured for it
 * @param path what the data path works out for itself
 */
public record Resolved(RouteMeters meters, Target.Attachment path) implements Target.Attachment {
  /** The meters of a target; the other ones if it has none. */
  public static RouteMeters meters(Target target, RouteMeters otherwise) {
    return target.attachment() instanceof Resolved resolved ? resolved.meters : otherwise;
  }

  /** The meters of a target. */
  public static Optional<RouteMeters> meters(Target target) {
    return target.attachment() instanceof Resolved resolved
        ? Optional.of(resolved.meters)
        : Optional.empty();
  }

  /** How a target is doing. */
  public static TargetStats stats(Target target) {
    return meters(target).map(RouteMeters::stats).orElse(TargetStats.NOTHING);
  }

  /** What the data path attached, with meters or without. */
  public static Target.Attachment path(Target target) {
    Target.Attachment attached = target.attachment();
    return attached instanceof Resolved resolved ? resolved.path : attached;
  }
}
