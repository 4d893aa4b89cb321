package io.tagway.consul;

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
    String why = cause.getMessage();
    return new ConsulFailure(
        what + ": " + (why == null ? cause.getClass().getSimpleName() : why), 0, cause);
  }

  /** The HTTP status, 0 if there was none. */
  public int status() {
    return status;
  }
}
