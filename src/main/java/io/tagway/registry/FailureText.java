package io.tagway.registry;

import io.tagway.outbound.Cause;
import java.nio.file.NoSuchFileException;

/** The cause of a failure as one phrase for a log line. */
final class FailureText {
  private FailureText() {}

  static String of(Throwable cause) {
    return cause instanceof NoSuchFileException
        ? "open " + cause.getMessage() + ": no such file or directory"
        : Cause.message(cause);
  }
}
