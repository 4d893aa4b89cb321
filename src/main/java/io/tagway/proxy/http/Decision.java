package io.tagway.proxy.http;

import io.tagway.route.RouteRequest;
import io.tagway.route.Target;

/** What is to be done with a request. */
sealed interface Decision {
  /** Who it is about; {@link Target#NONE} if there is no route. */
  Target target();

  /** Find out whether the client knows a password of this scheme; if so do what is granted. */
  record Verify(Target target, String scheme, Decision granted) implements Decision {}

  /** Send it to this target. */
  record Forward(Target target, RouteRequest routed) implements Decision {}

  /** Send the client elsewhere. */
  record Redirect(Target target, int status, String location) implements Decision {}

  /** Answer by ourselves. */
  record Refuse(Refusal refusal, Target target, String detail) implements Decision {
    Refuse(Refusal refusal) {
      this(refusal, Target.NONE, "");
    }

    Refuse(Refusal refusal, String detail) {
      this(refusal, Target.NONE, detail);
    }
  }

  /** The answers the router gives by itself. */
  enum Refusal {
    /** {@code OPTIONS *} asks the router, not a target. */
    OPTIONS(200, false),
    BAD_REQUEST(400, true),
    HEAD_TOO_LARGE(431, true),
    /** A listener of gRPC takes nothing else. */
    MEDIA_TYPE(415, true),
    EXPECTATION(417, true),
    CODING(501, true),
    VERSION(505, true),
    /** The status and the page are configured. */
    NO_ROUTE(404, false),
    DENIED(403, false);

    private final int status;
    private final boolean close;

    Refusal(int status, boolean close) {
      this.status = status;
      this.close = close;
    }

    int status() {
      return status;
    }

    /** Whether nothing more can be read from this connection. */
    boolean close() {
      return close;
    }
  }
}
