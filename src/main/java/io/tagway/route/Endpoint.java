package io.tagway.route;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code route add} says of its target, worked out once. Routes are rebuilt around it: a
 * target whose endpoint is the same is the same instance to the rooms above.
 */
final class Endpoint {
  /** That of {@link Target#NONE}. */
  static final Endpoint NONE =
      new Endpoint(
          new Command.Add("", "", "", 0, List.of(), Map.of()),
          Destination.NONE,
          UpstreamPath.of("", "", false),
          null,
          AccessRules.CLOSED);

  private final String service;
  private final List<String> tags;
  private final Map<String, String> options;
  private final Destination destination;
  private final String host;
  private final int port;
  private final UpstreamPath path;
  private final @Nullable Redirect redirect;
  private final AccessRules access;
  private final String authScheme;
  private final String hostHeader;
  private final String tlsServerName;
  private final boolean tlsSkipVerify;

  private Endpoint(
      Command.Add add,
      Destination destination,
      UpstreamPath path,
      @Nullable Redirect redirect,
      AccessRules access) {
    this.service = add.service();
    this.tags = add.tags();
    this.options = add.options();
    this.destination = destination;
    this.host = destination.host();
    this.port = destination.port();
    this.path = path;
    this.redirect = redirect;
    this.access = access;
    this.authScheme = option("auth");
    boolean ownHost = option("host").equals("dst");
    this.hostHeader = ownHost ? destination.authority() : option("host");
    this.tlsServerName = serverName();
    this.tlsSkipVerify = option("tlsskipverify").equals("true");
  }

  /** Fails where requests could not be answered as the command says. */
  static Endpoint of(Command.Add add, PathMatcher matcher, AccessRules access) throws Unfit {
    Map<String, String> options = add.options();
    Destination destination = Destination.of(add.destination());
    UpstreamPath path =
        UpstreamPath.of(
            options.get("strip"), options.get("prepend"), matcher == PathMatcher.IPREFIX);
    String code = options.get("redirect");
    if (code == null && !destination.absolute()) {
      throw new Unfit(
          "route: invalid target. \"" + add.destination() + "\" has no scheme or no host",
          "a URL such as http://10.0.0.1:8080/; a path only with redirect=<code>");
    }
    Redirect redirect = code == null ? null : Redirect.of(code, destination, path);
    return new Endpoint(add, destination, path, redirect, access);
  }

  /**
   * The same instance with the same options; where and how its route was announced is not asked.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Endpoint e
        && service.equals(e.service)
        && text().equals(e.text())
        && tags.equals(e.tags)
        && options.equals(e.options);
  }

  @Override
  public int hashCode() {
    return Objects.hash(service, text(), tags, options);
  }

  String service() {
    return service;
  }

  List<String> tags() {
    return tags;
  }

  Map<String, String> options() {
    return options;
  }

  Destination destination() {
    return destination;
  }

  /** The destination as text. */
  String text() {
    return destination.text();
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  UpstreamPath path() {
    return path;
  }

  @Nullable Redirect redirect() {
    return redirect;
  }

  AccessRules access() {
    return access;
  }

  /** Name of the auth scheme; empty if none. */
  String authScheme() {
    return authScheme;
  }

  /** The Host header to send; empty for that of the request. */
  String hostHeader() {
    return hostHeader;
  }

  /** Empty for the host of the destination. */
  String tlsServerName() {
    return tlsServerName;
  }

  boolean tlsSkipVerify() {
    return tlsSkipVerify;
  }

  private String serverName() {
    if (destination.scheme().equals("grpcs")) {
      return option("grpcservername");
    }
    String host = option("host");
    boolean https = destination.scheme().equals("https") || option("proto").equals("https");
    return https && !host.equals("dst") ? host.substring(0, HostName.portStart(host)) : "";
  }

  private String option(String name) {
    return options.isEmpty() ? "" : options.getOrDefault(name, "");
  }
}
