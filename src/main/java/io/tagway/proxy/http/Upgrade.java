package io.tagway.proxy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code Upgrade}: what one side would like to speak from here on, instead of HTTP (RFC 9110
 * section 7.8). Names of protocols are compared without case, as RFC 6455 section 4.1 wants it.
 */
final class Upgrade {
  private static final String WEB_SOCKET = "websocket";

  /**
   * Never offered to a target: requests of an HTTP/2 connection that the router does not look into
   * would go around routes, access rules and authorisation.
   */
  private static final String H2C = "h2c";

  private Upgrade() {}

  /**
   * The protocols a request of HTTP/1.1 offers to a target, as one list; empty if there are none.
   * The header alone offers nothing: {@code Connection} has to name it.
   */
  static String offered(HttpHeaders request) {
    if (!request.contains(HttpHeaderNames.UPGRADE)
        || !names(request.getAll(HttpHeaderNames.CONNECTION), "upgrade")) {
      return "";
    }
    List<String> protocols = items(request.getAll(HttpHeaderNames.UPGRADE));
    protocols.removeIf(H2C::equalsIgnoreCase);
    return String.join(", ", protocols);
  }

  /** Adds an offer to the headers for a target. */
  static void offer(String offered, HttpHeaders request) {
    if (!offered.isEmpty()) {
      request.add(HeaderName.CONNECTION.text(), HeaderName.UPGRADE.text());
      request.add(HeaderName.UPGRADE.text(), offered);
    }
  }

  /** Whether an answer with status 101 takes up nothing but what was offered. */
  static boolean fits(String offered, HttpHeaders answer) {
    List<String> taken = items(answer.getAll(HttpHeaderNames.UPGRADE));
    List<String> known = items(List.of(offered));
    return !taken.isEmpty()
        && taken.stream().allMatch(one -> known.stream().anyMatch(one::equalsIgnoreCase));
  }

  /** Whether a list of protocols has WebSocket in it. */
  static boolean isWebSocket(String offered) {
    return !offered.isEmpty() && names(List.of(offered), WEB_SOCKET);
  }

  private static boolean names(List<String> lines, String item) {
    return items(lines).stream().anyMatch(item::equalsIgnoreCase);
  }

  private static List<String> items(List<String> lines) {
    List<String> items = new ArrayList<>(2);
    for (String line : lines) {
      for (String item : line.split(",", -1)) {
        String word = item.trim();
        if (!word.isEmpty()) {
          items.add(word);
        }
      }
    }
    return items;
  }
}
