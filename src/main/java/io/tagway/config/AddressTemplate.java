package io.tagway.config;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that name an interface instead of an IP address: <code>{{ GetPrivateIP }}</code>,
 * <code>{{ GetPublicIP }}</code>, <code>{{ GetInterfaceIP "eth0" }}</code>. Other functions and
 * pipelines of go-sockaddr are refused. Nothing found = empty text. IPv4 is preferred.
 */
final class AddressTemplate {
  private static final Pattern CALL =
      Pattern.compile("-?\\s*([A-Za-z_][A-Za-z0-9_]*)(?:\\s+[\"`]([^\"`]*)[\"`])?\\s*-?");
  private static final String FITS =
      "{{ GetPrivateIP }}, {{ GetPublicIP }} or {{ GetInterfaceIP \"NAME\" }}";

  private final Supplier<LocalAddresses> addresses;

  AddressTemplate(Supplier<LocalAddresses> addresses) {
    this.addresses = addresses;
  }

  /** The text with every template replaced. */
  Reading<String> expand(String text) {
    StringBuilder whole = new StringBuilder();
    int at = 0;
    while (true) {
      int open = text.indexOf("{{", at);
      if (open < 0) {
        return Reading.of(whole.append(text, at, text.length()).toString());
      }
      int close = text.indexOf("}}", open);
      if (close < 0) {
        return unfit(text, "{{ is not closed");
      }
      String action = text.substring(open + 2, close).strip();
      Matcher call = CALL.matcher(action);
      if (!call.matches()) {
        return unfit(text, "cannot read {{ " + action + " }}");
      }
      String function = call.group(1);
      String argument = call.group(2);
      if (function.equals("GetPrivateIP") && argument == null) {
        whole.append(text, at, open).append(addresses.get().firstPrivate());
      } else if (function.equals("GetPublicIP") && argument == null) {
        whole.append(text, at, open).append(addresses.get().firstPublic());
      } else if (function.equals("GetInterfaceIP") && argument != null) {
        whole.append(text, at, open).append(addresses.get().ofInterface(argument));
      } else {
        return unfit(text, "function " + Quoted.of(function) + " not supported so");
      }
      at = close + 2;
    }
  }

  private static Reading<String> unfit(String text, String reason) {
    return Reading.unfit("unable to parse template " + Quoted.of(text) + ": " + reason, FITS);
  }
}
