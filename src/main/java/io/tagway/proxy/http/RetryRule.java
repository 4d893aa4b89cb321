package io.tagway.proxy.http;

import io.tagway.proxy.Failure;
import io.vertx.core.MultiMap;

/** Whether a request that has failed before its answer began may be tried again, and where. */
final class RetryRule {
  /** Most connections that are asked for on behalf of one request because the last did not come. */
  static final int DIALS = 3;

  /** Most times a request is sent anew after it may have been received. */
  static final int RESENDS = 2;

  /** What may be done. */
  enum Again {
    NO,
    /** On another target of the route; else it has failed. */
    ELSEWHERE,
    /** The same, but where there is no other target, on a new connection to the same. */
    ELSEWHERE_OR_HERE
  }

  private RetryRule() {}

  /**
   * @param failure what happened
   * @param repeatable whether all of it is at hand, and {@link #isRepeatable} said so unless the
   *     target has refused it
   * @param reused whether the connection had served before: then the target has most likely closed
   *     it just as the request was written
   * @param dials connections asked for in vain, this one included
   * @param resends times the request was sent anew
   */
  static Again after(Failure failure, boolean repeatable, boolean reused, int dials, int resends) {
    if (failure.nothingSent()) {
      return dials < DIALS ? Again.ELSEWHERE : Again.NO;
    }
    if (!repeatable || resends >= RESENDS) {
      return Again.NO;
    }
    if (failure == Failure.UPSTREAM_REFUSED) {
      return Again.ELSEWHERE_OR_HERE;
    }
    if (failure == Failure.UPSTREAM_CLOSED) {
      return reused ? Again.ELSEWHERE_OR_HERE : Again.ELSEWHERE;
    }
    return Again.NO;
  }

  /** Whether doing it twice is as good as once: by its method, or because the client says so. */
  static boolean isRepeatable(String method, MultiMap headers) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
      default -> headers.contains("Idempotency-Key") || headers.contains("X-Idempotency-Key");
    };
  }
}
