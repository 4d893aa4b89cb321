package io.tagway.auth;

import static java.lang.System.Logger.Level.ERROR;

import io.tagway.auth.Users.Reading;
import io.tagway.auth.Verdict.Busy;
import io.tagway.auth.Verdict.Granted;
import io.tagway.auth.Verdict.Refused;
import io.tagway.config.Settings.AuthScheme;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One scheme of {@code proxy.auth}: Basic credentials (RFC 7617) against an htpasswd file.
 *
 * <p>Passwords are hashed on threads of their own, never on an event loop. What passed is
 * remembered by a keyed digest until the file changes, so that a client pays for its hash once. Any
 * thread may call; results arrive on the caller's context.
 */
public final class BasicAuth {
  private static final System.Logger LOG = System.getLogger(BasicAuth.class.getName());
  private static final String WORKERS = "tagway-auth";

  /** Passwords being checked or waiting for it; guesses beyond that are not worth a queue. */
  static final int LIMIT_WAITING = 256;

  private final Vertx vertx;
  private final AuthScheme scheme;
  private final WorkerExecutor workers;
  private final Users users;
  private final KeyedDigest digest = new KeyedDigest(new SecureRandom());
  private final AtomicInteger waiting = new AtomicInteger();
  private final Verdict no;
  private final Future<Verdict> refused;
  private final Future<Verdict> busy = Future.succeededFuture(new Busy());

  /** Reads nothing; until {@link #open} is complete nobody is let in. */
  BasicAuth(Vertx vertx, AuthScheme scheme) {
    this.vertx = vertx;
    this.scheme = scheme;
    this.workers =
        vertx.createSharedWorkerExecutor(WORKERS, Runtime.getRuntime().availableProcessors());
    this.users = new Users(vertx, workers, scheme, InstantSource.system());
    this.no = new Refused(Optional.of(Challenge.basic(scheme.realm())));
    this.refused = Future.succeededFuture(no);
  }

  /**
   * Reads the file and, when the scheme has a refresh, goes on looking at it that often. Fails with
   * an {@link java.io.IOException} whose message is for the user when the file cannot be read.
   */
  public Future<Void> open() {
    return users.open();
  }

  /** Stops looking at the file; checks that run still end. */
  public Future<Void> close() {
    users.close();
    return workers.close();
  }

  /**
   * Judges the value of an Authorization header; never fails. Complete already for a header that is
   * no credentials at all and for credentials that passed before.
   *
   * @param authorization null when the request has none
   */
  public Future<Verdict> verify(@Nullable String authorization) {
    Optional<Credentials> credentials = Credentials.parse(authorization);
    if (credentials.isEmpty()) {
      return refused;
    }
    Reading now = users.now();
    ByteBuffer key = digest.of(credentials.get().bytes());
    return now.passed().find(key).orElseGet(() -> check(now, credentials.get(), key));
  }

  /** The verdict on credentials that passed before; empty for all others. */
  Optional<Verdict> known(@Nullable String authorization) {
    return Credentials.parse(authorization)
        .flatMap(credentials -> users.now().passed().find(digest.of(credentials.bytes())))
        .map(Future::result);
  }

  /** The same credentials in many requests at once are hashed once. */
  private Future<Verdict> check(Reading now, Credentials credentials, ByteBuffer key) {
    if (waiting.get() >= LIMIT_WAITING && !now.running().containsKey(key)) {
      return busy;
    }
    Promise<Verdict> first = Promise.promise();
    Future<Verdict> running = now.running().putIfAbsent(key, first.future());
    if (running != null) {
      return here(running);
    }
    waiting.incrementAndGet();
    Future<Verdict> verdict = here(first.future());
    workers
        .executeBlocking(() -> judge(now, credentials, key), false)
        .onFailure(failure -> LOG.log(ERROR, () -> "auth '" + scheme.name() + "'", failure))
        .otherwise(no)
        .onComplete(
            done -> {
              waiting.decrementAndGet();
              now.running().remove(key);
              first.handle(done);
            });
    return verdict;
  }

  /** On a worker: blocks for as long as the hash takes. */
  private Verdict judge(Reading now, Credentials credentials, ByteBuffer key) {
    int decoy = digest.of(Latin1.bytes(credentials.user())).getInt();
    if (!now.users().admits(credentials.user(), Latin1.bytes(credentials.password()), decoy)) {
      return no;
    }
    Granted granted = new Granted(credentials.user());
    now.passed().add(key, granted);
    return granted;
  }

  /** The verdict on the caller's context, whoever asked for it first. */
  private Future<Verdict> here(Future<Verdict> verdict) {
    Context context = vertx.getOrCreateContext();
    Promise<Verdict> promise = Promise.promise();
    verdict.onComplete(done -> context.runOnContext(ignored -> promise.handle(done)));
    return promise.future();
  }
}
