package io.tagway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Tells IP addresses and CIDR blocks from names, without asking a name server. */
final class IpText {
  private static final String OCTET = "(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private IpText() {}

  static boolean isAddress(String text) {
    return V4.matcher(text).matches() || isV6(text);
  }

  /** An address, a slash and the number of fixed bits. */
  static boolean isBlock(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String address = text.substring(0, slash);
    int most = V4.matcher(address).matches() ? 32 : isV6(address) ? 128 : -1;
    return GoInteger.decimal(text.substring(slash + 1), 8) instanceof Reading.Value<Long> bits
        && bits.value() <= most;
  }

  private static boolean isV6(String text) {
    if (!V6_CHARACTERS.matcher(text).matches()) {
      return false;
    }
    try {
      // A text with a colon is never looked up.
      return InetAddress.getByName(text) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
