package io.tagway.auth;

import io.tagway.auth.Verdict.Granted;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Credentials that passed, by keyed digest: a bounded set. It belongs to one reading of a file and
 * goes with it. Safe for any thread.
 */
final class Passed {
  static final int LIMIT = 4096;

  private final Map<ByteBuffer, Future<Verdict>> granted = new ConcurrentHashMap<>();

  Optional<Future<Verdict>> find(ByteBuffer credentials) {
    return Optional.ofNullable(granted.get(credentials));
  }

  /** Makes room by forgetting any one: it will only be checked again. */
  void add(ByteBuffer credentials, Granted verdict) {
    if (granted.size() >= LIMIT) {
      granted.keySet().stream().findAny().ifPresent(granted::remove);
    }
    granted.put(credentials, Future.succeededFuture(verdict));
  }

  int size() {
    return granted.size();
  }
}
