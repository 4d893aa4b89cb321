package io.tagway.proxy.http;

import io.tagway.proxy.Failure;
import io.tagway.proxy.http.RetryRule.Again;
import io.tagway.route.Target;
import java.util.ArrayList;
import java.util.List;

/** Which target a request goes to, and which next if that one fails. Used by one event loop. */
final class Tries {
  /** Where to try next. */
  enum Next {
    NONE,
    /** {@link #target()} is another one now. */
    ELSEWHERE,
    /** The same, on a connection that has not served before. */
    HERE_AFRESH
  }

  private Target target;
  private List<Target> left = List.of();
  private int dials;
  private int resends;
  private int moves;
  private long dialStart;

  Tries(Target first) {
    this.target = first;
  }

  Target target() {
    return target;
  }

  /** Connections used or asked for. */
  int count() {
    return 1 + moves;
  }

  /**
   * How long a connection may take: what is left of the limit. While there is another target to go
   * to it is a share only, so that a host which does not even refuse leaves time for the others.
   */
  long dialNanos(long limit, long now) {
    if (dials == 0) {
      dialStart = now;
    }
    long rest = Math.max(limit - (now - dialStart), 1);
    // Counted, not picked: asking the strategy would move it on for every request.
    boolean last =
        dials + 1 >= RetryRule.DIALS || target.route().targets().size() <= left.size() + 1;
    return last ? rest : Math.min(rest, limit / RetryRule.DIALS);
  }

  /** There was no connection. */
  void connectionFailed() {
    dials++;
  }

  /** Where the request goes after a failure; see {@link RetryRule#after}. */
  Next after(Failure failure, boolean repeatable, boolean reused) {
    Again again = RetryRule.after(failure, repeatable, reused, dials, resends);
    if (again == Again.NO) {
      return Next.NONE;
    }
    Target other = other();
    if (other.isNone() && again == Again.ELSEWHERE) {
      return Next.NONE;
    }
    if (!failure.nothingSent()) {
      resends++;
    }
    moves++;
    if (other.isNone()) {
      return Next.HERE_AFRESH;
    }
    left = with(target);
    target = other;
    return Next.ELSEWHERE;
  }

  private Target other() {
    return target.route().pickExcept(with(target));
  }

  private List<Target> with(Target one) {
    List<Target> all = new ArrayList<>(left.size() + 1);
    all.addAll(left);
    all.add(one);
    return all;
  }
}
