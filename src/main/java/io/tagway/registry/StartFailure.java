package io.tagway.registry;

/** Something is needed for the start and cannot be had, such as the registry; for the operator. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Has no stack trace: the message is all that is shown. */
  public StartFailure(String message) {
    super(message, null, false, false);
  }
}
