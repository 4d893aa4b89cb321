package io.tagway.proxy;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;

/** A listener could not be opened; the message says which and why. */
public final class ListenFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private ListenFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** The failure to bind an address, as it was written in the configuration. */
  public static ListenFailure of(String address, Throwable cause) {
    return new ListenFailure("listen: " + address + ": " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "no such host";
    }
    String text = String.valueOf(cause.getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("already in use")) {
      return "address already in use";
    }
    if (lower.contains("permission denied")) {
      return "permission denied";
    }
    if (lower.contains("cannot assign requested address")) {
      return "cannot assign requested address";
    }
    return text;
  }
}
