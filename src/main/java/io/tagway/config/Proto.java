package io.tagway.config;

import java.util.Optional;
import java.util.stream.Stream;

/** What a listener speaks; {@link #word()} is what users write. */
public enum Proto {
  HTTP("http"),
  HTTPS("https"),
  GRPC("grpc"),
  GRPCS("grpcs"),
  TCP("tcp"),
  TCP_DYNAMIC("tcp-dynamic"),
  TCP_SNI("tcp+sni"),
  HTTPS_TCP_SNI("https+tcp+sni"),
  PROMETHEUS("prometheus");

  private final String word;

  Proto(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The protocol users write so, with its case; empty if there is none. */
  static Optional<Proto> named(String word) {
    return Stream.of(values()).filter(proto -> proto.word.equals(word)).findFirst();
  }

  /** Whether a listener of this kind cannot do without certificates. */
  boolean needsCertificates() {
    return this == HTTPS || this == GRPCS || this == HTTPS_TCP_SNI;
  }

  /** Whether a listener of this kind may have certificates. */
  boolean takesCertificates() {
    return needsCertificates() || this == TCP || this == TCP_DYNAMIC || this == PROMETHEUS;
  }
}
