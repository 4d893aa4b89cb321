package io.tagway.admin;

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
}
