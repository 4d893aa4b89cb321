package io.tagway.proxy.http;

import io.tagway.auth.AuthSchemes;
import io.tagway.auth.Verdict;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Has the credentials of requests judged. Hashing takes a while and happens elsewhere; the request
 * waits for it with its body, and those behind it on its connection wait with it. Used by one event
 * loop.
 */
final class CredentialCheck {
  private final AuthSchemes schemes;

  CredentialCheck(AuthSchemes schemes) {
    this.schemes = schemes;
  }

  /**
   * @param then told on this event loop, before this returns if nothing has to be hashed; the
   *     client may be gone by then
   */
  void judge(HttpServerRequest request, RequestHead head, String scheme, Consumer<Verdict> then) {
    Future<Verdict> verdict = schemes.verify(scheme, head.headers().get(HttpHeaders.AUTHORIZATION));
    if (verdict.isComplete()) {
      then.accept(verdict.result());
    } else if (head.framing().isEmpty()) {
      verdict.onSuccess(then::accept);
    } else {
      request.pause();
      verdict.onSuccess(judged -> resume(request, judged, then));
    }
  }

  /** A body that goes to a target stays paused until there is somewhere to send it. */
  private static void resume(HttpServerRequest request, Verdict judged, Consumer<Verdict> then) {
    then.accept(judged);
    if (!(judged instanceof Verdict.Granted)) {
      // What is left of it is dropped, so that the next request can be read.
      request.resume();
    }
  }
}
