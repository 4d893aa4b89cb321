package io.tagway.registry;

import io.tagway.route.Instance;
import java.util.List;

/**
 * An instance with all checks that bear on it: its own and those of its node.
 *
 * @param instance as the catalog lists it
 * @param checks in no order
 */
record Listed(Instance instance, List<Check> checks) {
  Listed {
    checks = List.copyOf(checks);
  }
}
