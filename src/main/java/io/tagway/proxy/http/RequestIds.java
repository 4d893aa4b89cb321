package io.tagway.proxy.http;

import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes request ids: random UUIDs (RFC 9562 version 4). Used by one event loop. */
final class RequestIds implements Supplier<String> {
  private final RandomGenerator random;

  /**
   * @param random need not be secret: an id names a request, it does not protect one
   */
  RequestIds(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public String get() {
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
