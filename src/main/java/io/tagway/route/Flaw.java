package io.tagway.route;

import java.util.Comparator;

/**
 * A problem and its place among the commands.
 *
 * @param position among the manual commands; {@link #SERVICES} for one of a service
 */
record Flaw(int position, Problem problem) {
  static final int SERVICES = -1;

  /** As the commands: those of services in descending order of their text, then the manual ones. */
  static final Comparator<Flaw> ORDER =
      Comparator.comparingInt(Flaw::position)
          .thenComparing(flaw -> flaw.problem.text(), ByteOrder.DESCENDING)
          .thenComparing(flaw -> flaw.problem.origin(), Origin.ORDER)
          .thenComparing(flaw -> flaw.problem.reason());
}
