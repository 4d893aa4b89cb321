package io.tagway.config;

import io.tagway.config.Settings.AuthScheme;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code ui.auth}: the name of a scheme of {@code proxy.auth}, or a scheme of its own. */
final class UiLogin {
  private static final String OPTION = "ui.auth";

  private UiLogin() {}

  /** Empty if there is no login, or after refusing one that cannot be. */
  static Optional<AuthScheme> read(
      Values values, Map<String, AuthScheme> schemes, Findings findings) {
    List<Entry> entries = Entry.of(OPTION, values, findings);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    if (entries.size() > 1) {
      values.refuse(OPTION, entries.size() + " schemes", "one");
      return Optional.empty();
    }
    Optional<String> name = entries.get(0).bare();
    if (name.isEmpty()) {
      return Optional.of(AuthSchemes.scheme(entries.get(0)));
    }
    AuthScheme named = schemes.get(name.get());
    if (named == null) {
      String fits =
          schemes.isEmpty() ? "" : "one of " + String.join(", ", schemes.keySet()) + ", or ";
      values.refuse(
          OPTION,
          "proxy.auth has no scheme " + Quoted.of(name.get()),
          fits + "name=ui;type=basic;file=PATH");
    }
    return Optional.ofNullable(named);
  }

  /** A password that goes over a network without TLS can be read by others on the way. */
  static void warnOfPlainText(ListenerSettings listener, Findings findings) {
    if (listener.certSource().isEmpty() && !isLoopback(listener.host())) {
      findings.warn(
          OPTION
              + ": passwords cross the network in clear text, as ui.addr has no certificate source"
              + " (cs=) and is not a loopback address");
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }
}
