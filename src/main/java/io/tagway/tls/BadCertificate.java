package io.tagway.tls;

import io.tagway.outbound.Cause;

/** Certificates or keys that cannot be used, or cannot be had. The message is fit for the log. */
public final class BadCertificate extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Has no stack trace: what is wrong is in a file, not in the program. */
  @SuppressWarnings("NullAway") // no cause
  BadCertificate(String message) {
    super(message, null, false, false);
  }

  /** What to say of a failure, also if it brings no message of its own. */
  static String reason(Throwable cause) {
    return Cause.message(cause);
  }
}
