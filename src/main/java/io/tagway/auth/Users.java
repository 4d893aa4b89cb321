package io.tagway.auth;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.tagway.config.Settings.AuthScheme;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The users of a scheme as its file has them now. The only writer of {@link #now()}; looks at the
 * file on a worker, never on an event loop. While the file cannot be read there are no users: who
 * removes it may want to lock everybody out, and nobody is let in by mistake.
 */
final class Users {
  private static final System.Logger LOG = System.getLogger(Users.class.getName());

  /**
   * One reading of the file.
   *
   * @param passed credentials that passed against it
   * @param running credentials that are being checked against it
   */
  record Reading(Htpasswd users, Passed passed, Map<ByteBuffer, Future<Verdict>> running) {
    static Reading of(Htpasswd users) {
      return new Reading(users, new Passed(), new ConcurrentHashMap<>());
    }
  }

  private final Vertx vertx;
  private final WorkerExecutor workers;
  private final AuthScheme scheme;
  private final HtpasswdFile file;
  private volatile Reading now = Reading.of(Htpasswd.EMPTY);
  private volatile boolean closed;
  private boolean lost; // touched by one look at a time

  Users(Vertx vertx, WorkerExecutor workers, AuthScheme scheme, InstantSource clock) {
    this.vertx = vertx;
    this.workers = workers;
    this.scheme = scheme;
    this.file = new HtpasswdFile(Path.of(scheme.file()), clock);
  }

  /** Reads the file for the first time, then goes on looking at it if the scheme says so. */
  Future<Void> open() {
    return look()
        .recover(failure -> Future.failedFuture(new IOException(reason(failure), failure)))
        .onSuccess(ignored -> watch());
  }

  Reading now() {
    return now;
  }

  void close() {
    closed = true;
  }

  private Future<Void> look() {
    return workers
        .executeBlocking(() -> file.readIfChanged().map(Htpasswd::parse), false)
        .map(
            users -> {
              users.ifPresent(this::take);
              return null;
            });
  }

  private void watch() {
    long millis = scheme.refresh().toMillis();
    if (millis <= 0 || closed) {
      return;
    }
    vertx
        .timer(millis, TimeUnit.MILLISECONDS)
        .onSuccess(ignored -> look().onFailure(this::lose).onComplete(done -> watch()));
  }

  private void take(Htpasswd users) {
    for (Htpasswd.Problem problem : users.problems()) {
      LOG.log(WARNING, () -> text(problem));
    }
    LOG.log(INFO, () -> text("read " + users.size() + " users from " + scheme.file()));
    now = Reading.of(users);
    lost = false;
  }

  private void lose(Throwable failure) {
    if (closed) {
      return; // the workers are gone, not the file
    }
    if (!lost) {
      LOG.log(ERROR, () -> reason(failure) + "; nobody is let in until it can be read");
    }
    lost = true;
    now = Reading.of(Htpasswd.EMPTY);
  }

  private String reason(Throwable failure) {
    return text(
        failure instanceof IOException io ? file.reason(io) : "cannot read " + scheme.file());
  }

  private String text(Htpasswd.Problem problem) {
    String user = problem.user().isEmpty() ? "" : ", user '" + problem.user() + "'";
    return text(scheme.file() + " line " + problem.line() + user + ": " + problem.reason());
  }

  private String text(String what) {
    return "auth '" + scheme.name() + "': " + what;
  }
}
