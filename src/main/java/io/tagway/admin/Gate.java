package io.tagway.admin;

import static java.lang.System.Logger.Level.WARNING;

import io.tagway.auth.AuthSchemes;
import io.tagway.auth.Verdict;
import io.tagway.auth.Verdict.Busy;
import io.tagway.auth.Verdict.Granted;
import io.tagway.auth.Verdict.Refused;
import io.tagway.config.Settings.AuthScheme;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * Lets in who may use the admin port, as {@code ui.auth} says. {@code /health} is for everybody:
 * Consul's check has no password.
 *
 * <p>Passwords are verified by the auth room off the event loops; what passed once costs a digest.
 * Who fails too often has to wait, unless with credentials that passed before, so that a guesser
 * behind the same address cannot lock out who is already in.
 */
final class Gate {
  private static final System.Logger LOG = System.getLogger(Gate.class.getName());

  private final Optional<AuthScheme> login;
  private final AuthSchemes schemes;
  private final FailedLogins failures = new FailedLogins(System::nanoTime);

  Gate(Vertx vertx, Optional<AuthScheme> login) {
    this.login = login;
    this.schemes = new AuthSchemes(vertx, login.map(List::of).orElse(List.of()));
  }

  /** Reads the file with the passwords; fails with a text for the user if it cannot be read. */
  Future<Void> open() {
    return schemes.open();
  }

  Future<Void> close() {
    return schemes.close();
  }

  boolean asksForLogin() {
    return login.isPresent();
  }

  /** The user that was let in; empty without a login. */
  String user(HttpServerRequest request) {
    return login.isPresent() ? AuthSchemes.user(request.getHeader(HttpHeaders.AUTHORIZATION)) : "";
  }

  /** Who is behind a request that was let in, for the log. */
  String who(HttpServerRequest request) {
    String user = user(request);
    return user.isEmpty() ? peer(request) : "'" + user + "' at " + peer(request);
  }

  private static String peer(HttpServerRequest request) {
    return String.valueOf(request.remoteAddress());
  }

  /** Hands the request on, or answers it with 401, 429 or 503. */
  void admit(HttpServerRequest request, Handler<HttpServerRequest> next) {
    Reply.protect(request.response());
    if (login.isEmpty() || "/health".equals(request.path())) {
      next.handle(request);
      return;
    }
    String scheme = login.get().name();
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (schemes.known(scheme, authorization).isPresent()) {
      next.handle(request);
      return;
    }
    String address = request.remoteAddress().hostAddress();
    long wait = authorization == null ? 0 : failures.attempt(address, authorization);
    if (wait > 0) {
      Reply.error(429, "too many wrong passwords")
          .with("Retry-After", Long.toString(wait))
          .send(request);
      return;
    }
    Future<Verdict> verdict = schemes.verify(scheme, authorization);
    request.pause();
    var unused =
        verdict.onSuccess(
            judged -> {
              if (authorization != null) {
                failures.judged(address, authorization, judged instanceof Refused);
              }
              judge(request, judged, authorization != null, next);
              request.resume();
            });
  }

  private void judge(
      HttpServerRequest request, Verdict verdict, boolean tried, Handler<HttpServerRequest> next) {
    if (verdict instanceof Granted) {
      next.handle(request);
    } else if (verdict instanceof Busy) {
      Reply.error(503, "too many logins at once").with("Retry-After", "1").send(request);
    } else if (verdict instanceof Refused refused) {
      if (tried) {
        LOG.log(WARNING, "login refused: " + who(request));
      }
      Reply unauthorized = Reply.error(401, "a user name and a password are needed");
      refused
          .challenge()
          .map(challenge -> unauthorized.with("WWW-Authenticate", challenge))
          .orElse(unauthorized)
          .send(request);
    }
  }
}
