package io.tagway.proxy;

import io.vertx.core.transport.Transport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses how sockets are driven. */
public final class Transports {
  private Transports() {}

  /**
   * What was chosen.
   *
   * @param transport for {@code Vertx.builder().withTransport}
   * @param text one sentence for the log
   * @param asWished false if something else was asked for
   */
  public record Choice(Transport transport, String text, boolean asWished) {}

  /**
   * The transport to use: io_uring only when asked for, else the best native one, else NIO.
   *
   * @param wish {@code io_uring}, {@code epoll}, {@code kqueue} or {@code nio}; empty for no wish
   */
  public static Choice choose(String wish) {
    Transport best = best();
    String name = wish.toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      boolean slow = best == Transport.NIO;
      String why =
          slow
              ? " (no native transport works here; its library is unpacked to java.io.tmpdir, which"
                  + " must not be mounted noexec)"
              : "";
      return new Choice(best, "Using transport " + best.name() + why, !slow);
    }
    Transport wished = named(name);
    if (wished != null && wished.available()) {
      return new Choice(wished, "Using transport " + wished.name(), true);
    }
    return new Choice(
        best,
        "Transport " + wish + " does not work here (" + why(wished) + "), using " + best.name(),
        false);
  }

  private static Transport best() {
    Transport nativeOne = Transport.nativeTransport();
    return nativeOne != null && nativeOne.available() ? mended(nativeOne) : Transport.NIO;
  }

  private static Transport mended(Transport transport) {
    return transport == Transport.EPOLL ? new LastingEpoll(transport) : transport;
  }

  private static @Nullable Transport named(String name) {
    return switch (name) {
      case "io_uring" -> Transport.IO_URING;
      case "epoll" -> Transport.EPOLL == null ? null : mended(Transport.EPOLL);
      case "kqueue" -> Transport.KQUEUE;
      case "nio" -> Transport.NIO;
      default -> null;
    };
  }

  private static String why(@Nullable Transport wished) {
    if (wished == null) {
      return "unknown, or not built for this platform";
    }
    Throwable cause = wished.unavailabilityCause();
    return cause == null ? "unavailable" : String.valueOf(cause.getMessage());
  }
}
