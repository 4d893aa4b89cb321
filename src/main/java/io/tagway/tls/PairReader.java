package io.tagway.tls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads pairs again and again, each only when its text changed. One that is broken is told of once
 * and does not touch the others; what it last was goes on being used, so that a pair caught half
 * written does no harm. Not thread-safe.
 */
final class PairReader {
  private record Known(PemPair pair, @Nullable ServerCertificate good) {}

  private Map<String, Known> known = new HashMap<>();

  /**
   * @param pairs all there are now, in order
   * @param report hears of each pair that is broken since the last call
   */
  Certificates read(List<PemPair> pairs, Consumer<String> report) {
    Map<String, Known> next = new HashMap<>();
    List<ServerCertificate> good = new ArrayList<>();
    for (PemPair pair : pairs) {
      Known before = known.get(pair.name());
      Known now = before != null && before.pair.equals(pair) ? before : read(pair, before, report);
      next.put(pair.name(), now);
      if (now.good != null) {
        good.add(now.good);
      }
    }
    known = next;
    return Certificates.of(good);
  }

  private static Known read(PemPair pair, @Nullable Known before, Consumer<String> report) {
    ServerCertificate old = before == null ? null : before.good;
    String why = pair.trouble();
    if (why.isEmpty()) {
      try {
        return new Known(pair, ServerCertificate.of(pair.name(), pair.certificate(), pair.key()));
      } catch (BadCertificate e) {
        why = BadCertificate.reason(e);
      }
    }
    report.accept(
        pair.name() + ": " + why + (old == null ? "" : "; what it was before stays in use"));
    return new Known(pair, old);
  }
}
