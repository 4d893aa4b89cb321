package io.tagway.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decides whether a write may come from where it comes from ({@code docs/security.md}). A request
 * with a header that browsers add, and pages cannot keep them from adding, has to be our own
 * page's: same origin, a token that only our page can read, and a host that is really ours. A
 * request without any of them is a script's, such as the curl lines that were written for Fabio.
 */
final class WriteGuard {
  /** Where the page sends the token; a header of its own, so that other pages would have to ask. */
  static final String TOKEN_HEADER = "X-Tagway-Token";

  /**
   * Browsers send Origin with every request across origins that is not GET or HEAD (Fetch, 3.2).
   */
  private static final List<String> BROWSER_HEADERS =
      List.of("Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Referer", TOKEN_HEADER);

  private static final String ALGORITHM = "HmacSHA256";

  private final Gate gate;
  private final KnownHosts hosts;
  private final SecretKeySpec key;

  WriteGuard(Gate gate, KnownHosts hosts) {
    this.gate = gate;
    this.hosts = hosts;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
  }

  /** Why the write is refused; empty if it may go on. */
  Optional<Reply> refusal(HttpServerRequest request) {
    if (BROWSER_HEADERS.stream().allMatch(name -> request.getHeader(name) == null)) {
      return Optional.empty();
    }
    Optional<Reply> foreign = foreign(request);
    if (foreign.isPresent()) {
      return foreign;
    }
    String given = request.getHeader(TOKEN_HEADER);
    boolean same =
        given != null
            && MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8),
                token(request).getBytes(StandardCharsets.UTF_8));
    return same
        ? Optional.empty()
        : Optional.of(
            Reply.error(403, "a browser has to send the token of api/token as " + TOKEN_HEADER));
  }

  /** {@code /api/token}: what our page has to send along with a write. */
  Future<Reply> token(HttpServerRequest request, boolean pretty) {
    Reply reply =
        request.method().equals(HttpMethod.GET)
            ? foreign(request)
                .orElseGet(() -> Reply.json("{\"token\":\"" + token(request) + "\"}", pretty))
            : Reply.notAllowed("GET");
    return Future.succeededFuture(reply);
  }

  /** Who writes, for the log. */
  String who(HttpServerRequest request) {
    return gate.who(request);
  }

  private Optional<Reply> foreign(HttpServerRequest request) {
    if (!SameOrigin.permits(request)) {
      return Optional.of(Reply.error(403, "a page from elsewhere must not write here"));
    }
    String host = request.authority() == null ? "" : request.authority().host();
    // With a login the browser has no password for a name that is not ours.
    return gate.asksForLogin() || hosts.knows(host)
        ? Optional.empty()
        : Optional.of(
            Reply.error(403, "the page cannot write under the name " + host + ": see ui.hosts"));
  }

  private String token(HttpServerRequest request) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] digest = mac.doFinal(gate.user(request).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
