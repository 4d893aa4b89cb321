package io.tagway.admin;

import io.vertx.core.Future;

/** What the client sent cannot be used; the reason is fit for the answer. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  Refusal(String reason) {
    this(400, reason);
  }

  Refusal(int status, String reason) {
    super(reason, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  Reply reply() {
    return Reply.error(status, reason);
  }

  /** For the end of a chain: a refusal becomes its answer, any other failure stays one. */
  static Future<Reply> answered(Throwable failure) {
    return failure instanceof Refusal refusal
        ? Future.succeededFuture(refusal.reply())
        : Future.failedFuture(failure);
  }
}
