package io.tagway.registry;

import io.tagway.route.RouteTags;
import java.util.List;
import java.util.Set;

/**
 * Decides which instances get traffic.
 *
 * <p>An instance is out while its node is down ({@code serfHealth} critical), while its node or the
 * instance itself is in maintenance, and without any check of its own. Otherwise one of its own
 * checks must have an accepted status, or all of them. Other checks of the node are ignored.
 */
final class HealthRule {
  private static final String NODE_DOWN = "serfHealth";
  private static final String NODE_MAINTENANCE = "_node_maintenance";
  private static final String SERVICE_MAINTENANCE = "_service_maintenance";

  private final RouteTags tags;
  private final Set<String> accepted;
  private final boolean all;

  /**
   * @param tags knows what a route tag is
   * @param accepted statuses that count as healthy
   * @param all whether every check of an instance must be healthy
   */
  HealthRule(RouteTags tags, List<String> accepted, boolean all) {
    this.tags = tags;
    this.accepted = Set.copyOf(accepted);
    this.all = all;
  }

  /** Whether an instance asks for a route at all. */
  boolean concerns(Listed listed) {
    return listed.instance().tags().stream().anyMatch(this::isRouteTag);
  }

  /** Whether a tag asks for a route. */
  boolean isRouteTag(String tag) {
    return tags.isRoute(tag);
  }

  /** Whether an instance may get traffic now. */
  boolean admits(Listed listed) {
    return objection(listed).isEmpty();
  }

  /** Why an instance may get no traffic now, in words; empty if it may. */
  String objection(Listed listed) {
    String serviceId = listed.instance().id();
    boolean hasOwnCheck = false;
    String unwell = "";
    int total = 0;
    int healthy = 0;
    for (Check check : listed.checks()) {
      boolean critical = check.status().equals("critical");
      if (check.id().equals(NODE_MAINTENANCE)) {
        return "the node is in maintenance";
      }
      if (critical && check.id().equals(NODE_DOWN)) {
        return "the node is down: check serfHealth is critical";
      }
      if (critical && check.id().equals(SERVICE_MAINTENANCE + ":" + serviceId)) {
        return "the instance is in maintenance";
      }
      if (!check.serviceId().isEmpty() && check.serviceId().equals(serviceId)) {
        hasOwnCheck |= !check.id().startsWith(SERVICE_MAINTENANCE);
        total++;
        if (accepted.contains(check.status())) {
          healthy++;
        } else if (unwell.isEmpty()) {
          unwell = "check " + check.id() + " is " + check.status();
        }
      }
    }
    if (!hasOwnCheck) {
      return "the instance has no check of its own";
    }
    return healthy >= 1 && (!all || healthy == total) ? "" : unwell;
  }
}
