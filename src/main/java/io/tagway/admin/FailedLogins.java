package io.tagway.admin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** How long this address has to wait before it may try again; 0 = it may now. */
  synchronized long waitSeconds(String address) {
    Long forgiven = forgivenAtNanos.get(network(address));
    if (forgiven == null) {
      return 0;
    }
    long over = forgiven - nanos.getAsLong() - (MOST - 1) * PAUSE_NANOS;
    return over <= 0 ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toSeconds(over));
  }

  /**
   * An address sends a password. It counts as wrong from now on, whatever is tried meanwhile.
   *
   * @return how long the address has to wait; then the password is not to be looked at
   */
  synchronized long attempt(String address) {
    long wait = waitSeconds(address);
    if (wait == 0) {
      failed(address);
    }
    return wait;
  }

  /** A password that was counted was right, or could not be looked at. */
  synchronized void withdraw(String address) {
    long now = nanos.getAsLong();
    forgivenAtNanos.computeIfPresent(
        network(address),
        (ignored, before) -> before - now > PAUSE_NANOS ? before - PAUSE_NANOS : null);
  }

  /** The address has sent a wrong password. */
  synchronized void failed(String address) {
    long now = nanos.getAsLong();
    forgivenAtNanos.merge(
        network(address),
        now + PAUSE_NANOS,
        (before, ignored) -> (before - now > 0 ? before : now) + PAUSE_NANOS);
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
