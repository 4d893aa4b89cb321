package io.tagway.registry;

import java.nio.file.NoSuchFileException;

/** The cause of a failure as one phrase for a log line. */
final class FailureText {
  private FailureText() {}

  static String of(Throwable cause) {
    String message = cause.getMessage();
    if (cause instanceof NoSuchFileException) {
      return "open " + message + ": no such file or directory";
    }
    return message == null || message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }
}
