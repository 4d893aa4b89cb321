package io.tagway.auth;

import static java.lang.System.Logger.Level.ERROR;

import io.tagway.auth.Verdict.Refused;
import io.tagway.config.Settings.AuthScheme;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The schemes of {@code proxy.auth} by name, for routes with {@code auth=NAME}. Thread-safe. */
public final class AuthSchemes {
  private static final System.Logger LOG = System.getLogger(AuthSchemes.class.getName());

  /** Names come from tags: whoever registers services must not fill memory or the log. */
  private static final int LIMIT_TOLD = 1000;

  private final Map<String, BasicAuth> schemes;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Future<Verdict> refused = Future.succeededFuture(new Refused(Optional.empty()));

  /** Reads nothing; until {@link #open} is complete nobody is let in. */
  public AuthSchemes(Vertx vertx, Collection<AuthScheme> settings) {
    this.schemes =
        settings.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    AuthScheme::name, scheme -> new BasicAuth(vertx, scheme)));
  }

  /** Opens all of them; fails as {@link BasicAuth#open} does, with one that cannot be. */
  public Future<Void> open() {
    return Future.all(schemes.values().stream().map(BasicAuth::open).toList()).mapEmpty();
  }

  /**
   * Judges an Authorization header by the scheme of that name; never fails. A scheme that does not
   * exist lets nobody in, which is logged once for each name.
   */
  public Future<Verdict> verify(String scheme, @Nullable String authorization) {
    BasicAuth auth = schemes.get(scheme);
    if (auth != null) {
      return auth.verify(authorization);
    }
    if (told.size() < LIMIT_TOLD && told.add(scheme)) {
      LOG.log(ERROR, () -> "unknown auth scheme '" + scheme + "'");
    }
    return refused;
  }

  /**
   * The verdict on credentials that passed before and need no hash; empty for all others. Starts
   * nothing.
   */
  public Optional<Verdict> known(String scheme, @Nullable String authorization) {
    BasicAuth auth = schemes.get(scheme);
    return auth == null ? Optional.empty() : auth.known(authorization);
  }

  /** Who an Authorization header claims to be, fit for a log line; empty if it says nobody. */
  public static String user(@Nullable String authorization) {
    return Credentials.parse(authorization)
        .map(credentials -> Latin1.readable(credentials.user()))
        .orElse("");
  }

  /** Stops looking at the files. */
  public Future<Void> close() {
    return Future.join(schemes.values().stream().map(BasicAuth::close).toList()).mapEmpty();
  }
}
