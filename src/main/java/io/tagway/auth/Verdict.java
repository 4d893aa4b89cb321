package io.tagway.auth;

import java.util.Optional;

/** What an Authorization header is worth. */
public sealed interface Verdict {
  /**
   * Let the request pass.
   *
   * @param user one character a byte as the client sent it
   */
  record Granted(String user) implements Verdict {}

  /**
   * Answer 401.
   *
   * @param challenge the value of WWW-Authenticate; empty only when no credentials could help
   *     because the scheme does not exist
   */
  record Refused(Optional<String> challenge) implements Verdict {}

  /** Too many passwords are being checked: answer 503, the client may try again at once. */
  record Busy() implements Verdict {}
}
