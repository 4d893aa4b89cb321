package io.tagway.consul;

import io.tagway.outbound.Cause;

/** The agent could not be asked, or did not give what was asked for. Has no stack trace. */
public final class ConsulFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  private ConsulFailure(String message, int status, Throwable cause) {
    super(message, cause, false, false);
    this.status = status;
  }

  /** The agent answered with another status than hoped for. */
  @SuppressWarnings("NullAway") // a failure without a cause
  static ConsulFailure unexpected(int status, String body) {
    String said = body.strip();
    return new ConsulFailure(
        "Unexpected response code: " + status + (said.isEmpty() ? "" : " (" + said + ")"),
        status,
        null);
  }

  /** There was no answer, or none that could be trusted. */
  static ConsulFailure unreachable(String what, Throwable cause) {
    return new ConsulFailure(what + ": " + Cause.text(cause), 0, cause);
  }

  /** Whether this very question is what the agent does not answer, however well it is. */
  public boolean isRefusal() {
    return status == 400 || status == 404 || status == 414;
  }

  /** The HTTP status, 0 if there was none. */
  public int status() {
    return status;
  }
}
