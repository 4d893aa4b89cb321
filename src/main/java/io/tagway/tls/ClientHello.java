package io.tagway.tls;

/** What the first bytes of a connection say about the server that a TLS client wants. */
public sealed interface ClientHello {
  /**
   * A whole ClientHello with a server name.
   *
   * @param serverName in lower case, not empty, not more than 255 printable ASCII characters
   */
  record Named(String serverName) implements ClientHello {}

  /** A whole ClientHello without a server name. */
  record Nameless() implements ClientHello {}

  /** So far so good. */
  record Incomplete() implements ClientHello {}

  /** Begins as nothing that speaks TLS does. */
  record NotTls() implements ClientHello {}

  /** Begins as TLS does, and is no ClientHello or none that we would read to its end. */
  record Unreadable(String reason) implements ClientHello {}
}
