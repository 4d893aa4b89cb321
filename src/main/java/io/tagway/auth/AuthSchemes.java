package io.tagway.auth;

import static java.lang.System.Logger.Level.ERROR;

import io.tagway.auth.Verdict.Refused;
import io.tagway.config.Settings.AuthScheme;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The schemes of {@code proxy.auth} by name, for routes with {@code auth=NAME}. Thread-safe. */
public final class AuthSchemes {
  private static final System.Logger LOG = System.getLogger(AuthSchemes.class.getName());

  /** Names come from tags: whoever registers services must not fill memory or the log. */
  private static final int LIMIT_TOLD = 1000;

  private final Map<String, BasicAuth> schemes;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Future<Verdict> refused = Future.succeededFuture(new Refused(Optional.empty()));

  private AuthSchemes(Map<String, BasicAuth> schemes) {
    this.schemes = Map.copyOf(schemes);
  }

  /** Opens all of them; fails as {@link BasicAuth#open} does, with the first that cannot be. */
  public static Future<AuthSchemes> open(Vertx vertx, Collection<AuthScheme> settings) {
    Map<String, BasicAuth> opened = new HashMap<>();
    Future<Void> chain = Future.succeededFuture();
    for (AuthScheme scheme : settings) {
      chain =
          chain
              .compose(ignored -> BasicAuth.open(vertx, scheme))
              .map(
                  auth -> {
                    opened.put(scheme.name(), auth);
                    return null;
                  });
    }
    return chain
        .map(ignored -> new AuthSchemes(opened))
        .recover(
            failure -> closeAll(opened.values()).transform(done -> Future.failedFuture(failure)));
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

  /** Stops looking at the files. */
  public Future<Void> close() {
    return closeAll(schemes.values());
  }

  private static Future<Void> closeAll(Collection<BasicAuth> schemes) {
    List<Future<Void>> closed = new ArrayList<>();
    schemes.forEach(auth -> closed.add(auth.close()));
    return Future.join(closed).mapEmpty();
  }
}
