package io.tagway.admin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses passwords: an address may fail {@link #MOST} times in a row, then once
 * every {@link #PAUSE_SECONDS}. The addresses of one IPv6 network of 64 bits count as one. The map
 * is bounded; the one that failed longest ago is forgotten first. Any thread.
 */
final class FailedLogins {
  static final int MOST = 10;
  static final int PAUSE_SECONDS = 6;
  private static final int MOST_PEERS = 1024;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(PAUSE_SECONDS);

  private record Guess(String network, String credentials) {}

  /** As many as are let in at once: a request that waits holds each. */
  private final Set<Guess> lookedAt = new HashSet<>();

  /** When all failures of an address will be forgiven: every failure moves it by one pause. */
  private final Map<String, Long> forgivenAtNanos =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_PEERS;
        }
      };

  private final LongSupplier nanos;

  /**
   * @param nanos as {@link System#nanoTime}
   */
  FailedLogins(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * An address sends credentials that are to be looked at. They count as wrong from now on,
   * whatever is tried meanwhile; the same ones again count once while they are being looked at.
   *
   * @return how many seconds the address has to wait; then they are not to be looked at. 0: they
   *     are, and {@link #judged} is to be told
   */
  synchronized long attempt(String address, String credentials) {
    Guess guess = new Guess(network(address), credentials);
    if (lookedAt.contains(guess)) {
      return 0;
    }
    long wait = waitSeconds(guess.network());
    if (wait == 0) {
      lookedAt.add(guess);
      failed(guess.network());
    }
    return wait;
  }

  /**
   * Credentials were looked at, or there was no time for it. The first to tell of some that were
   * sent at once tells for all.
   *
   * @param wrong whether they go on to count
   */
  synchronized void judged(String address, String credentials, boolean wrong) {
    Guess guess = new Guess(network(address), credentials);
    if (lookedAt.remove(guess) && !wrong) {
      withdraw(guess.network());
    }
  }

  private long waitSeconds(String network) {
    Long forgiven = forgivenAtNanos.get(network);
    if (forgiven == null) {
      return 0;
    }
    long over = forgiven - nanos.getAsLong() - (MOST - 1) * PAUSE_NANOS;
    return over <= 0 ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toSeconds(over));
  }

  private void failed(String network) {
    long now = nanos.getAsLong();
    forgivenAtNanos.merge(
        network,
        now + PAUSE_NANOS,
        (before, ignored) -> (before - now > 0 ? before : now) + PAUSE_NANOS);
  }

  private void withdraw(String network) {
    long now = nanos.getAsLong();
    forgivenAtNanos.computeIfPresent(
        network, (ignored, before) -> before - now > PAUSE_NANOS ? before - PAUSE_NANOS : null);
  }

  /** Of IPv6 the half that a site is given; a client may choose the other at will. */
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      // A literal: nothing is looked up.
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? Arrays.toString(Arrays.copyOf(parsed.getAddress(), 8))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
