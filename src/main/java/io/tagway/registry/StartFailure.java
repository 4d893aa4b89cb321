package io.tagway.registry;

/** The registry cannot be used at all; the message is for the operator. Has no stack trace. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartFailure(String message) {
    super(message, null, false, false);
  }
}
