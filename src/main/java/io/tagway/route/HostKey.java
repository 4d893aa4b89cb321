package io.tagway.route;

import org.jspecify.annotations.Nullable;

/**
 * The host of a route, read once: how requests are compared with it, and how specific it is. A
 * connection's default port is no part of the comparison, so a key with port 80 is compared without
 * it on plain connections and as it stands on TLS ones; with 443 the other way round.
 */
final class HostKey {
  /** How a key is compared. */
  enum Kind {
    /** No host: any request, after all others. */
    ANY,
    /** {@code :port}: no HTTP request. */
    PORT,
    /** This very host. */
    EXACT,
    /** A star and a literal end. */
    SUFFIX,
    /** Any other pattern. */
    GLOB
  }

  private static final String PLAIN_PORT = ":80";
  private static final String TLS_PORT = ":443";

  /** No host. */
  static final HostKey ANY = new HostKey("", Kind.ANY, null, null);

  private final String text;
  private final Kind kind;
  private final String plain;
  private final String secure;
  private final @Nullable Glob plainGlob;
  private final @Nullable Glob secureGlob;
  private final int plainLiterals;
  private final int secureLiterals;
  private final String reversed;

  private HostKey(String text, Kind kind, @Nullable Glob plainGlob, @Nullable Glob secureGlob) {
    this.text = text;
    this.kind = kind;
    this.plainGlob = plainGlob;
    this.secureGlob = secureGlob;
    String compared = kind == Kind.SUFFIX ? text.substring(1) : text;
    this.plain = HostName.withoutPort(compared, PLAIN_PORT);
    this.secure = HostName.withoutPort(compared, TLS_PORT);
    this.plainLiterals = plainGlob != null ? plainGlob.literals() : plain.length();
    this.secureLiterals = secureGlob != null ? secureGlob.literals() : secure.length();
    this.reversed = kind == Kind.SUFFIX || kind == Kind.GLOB ? reversed(text) : "";
  }

  /** The host reversed, then the port as it stands. */
  private static String reversed(String text) {
    int port = HostName.portStart(text);
    return new StringBuilder(text.substring(0, port)).reverse() + text.substring(port);
  }

  /** Reads the host of a source; with globs it may be a pattern. */
  static HostKey of(String text, boolean globs) throws Unfit {
    if (text.isEmpty()) {
      return ANY;
    }
    if (text.startsWith(":")) {
      return new HostKey(text, Kind.PORT, null, null);
    }
    if (!globs || !Glob.isPattern(text) || isIpv6(text)) {
      return new HostKey(text, Kind.EXACT, null, null);
    }
    if (text.startsWith("*") && !Glob.isPattern(text.substring(1))) {
      return new HostKey(text, Kind.SUFFIX, null, null);
    }
    Glob plain = Glob.of(HostName.withoutPort(text, PLAIN_PORT));
    Glob secure = Glob.of(HostName.withoutPort(text, TLS_PORT));
    return new HostKey(text, Kind.GLOB, plain, secure);
  }

  private static boolean isIpv6(String text) {
    int end = HostName.portStart(text);
    return text.startsWith("[")
        && text.charAt(end - 1) == ']'
        && IpAddress.parse(text.substring(1, end - 1)) != null;
  }

  String text() {
    return text;
  }

  Kind kind() {
    return kind;
  }

  /** What an exact host or the end of a host is compared with. */
  String compared(boolean tls) {
    return tls ? secure : plain;
  }

  /** Whether the key names the default port of such connections. */
  boolean hasDefaultPort(boolean tls) {
    return text.endsWith(tls ? TLS_PORT : PLAIN_PORT);
  }

  boolean matches(String host, boolean tls) {
    Glob glob = tls ? secureGlob : plainGlob;
    return glob != null && glob.matches(host);
  }

  /** How many characters of a matching host are given. */
  int literals(boolean tls) {
    return tls ? secureLiterals : plainLiterals;
  }

  /**
   * Below 0 if this pattern is more specific than the other: by given characters, then by the
   * reversed text, so that {@code *.b.a.org} precedes {@code *.a.org} and a key with a port the one
   * without.
   */
  int compare(HostKey other, boolean tls) {
    int literals = other.literals(tls) - literals(tls);
    return literals != 0 ? literals : ByteOrder.compare(other.reversed, reversed);
  }
}
