package io.tagway.bgp;

import java.util.List;
import java.util.Map;

/** The names of error codes and subcodes, as IANA's registry of BGP parameters has them. */
final class NotificationNames {
  private static final List<String> CODES =
      List.of(
          "error 0",
          "message header error",
          "OPEN message error",
          "UPDATE message error",
          "hold timer expired",
          "finite state machine error",
          "cease",
          "ROUTE-REFRESH message error");

  private static final Map<Integer, Map<Integer, String>> SUBCODES =
      Map.of(
          1,
          Map.of(1, "connection not synchronized", 2, "bad message length", 3, "bad message type"),
          2,
          Map.of(
              1, "unsupported version number",
              2, "bad peer AS",
              3, "bad BGP identifier",
              4, "unsupported optional parameter",
              6, "unacceptable hold time",
              7, "unsupported capability"),
          3,
          Map.of(
              1, "malformed attribute list",
              2, "unrecognized well-known attribute",
              3, "missing well-known attribute",
              4, "attribute flags error",
              5, "attribute length error",
              6, "invalid ORIGIN attribute",
              8, "invalid NEXT_HOP attribute",
              9, "optional attribute error",
              10, "invalid network field",
              11, "malformed AS_PATH"),
          5,
          Map.of(
              1, "unexpected message in OpenSent",
              2, "unexpected message in OpenConfirm",
              3, "unexpected message in Established"),
          6,
          Map.of(
              1, "maximum number of prefixes reached",
              2, "administrative shutdown",
              3, "peer de-configured",
              4, "administrative reset",
              5, "connection rejected",
              6, "other configuration change",
              7, "connection collision resolution",
              8, "out of resources",
              9, "hard reset",
              10, "BFD down"));

  private NotificationNames() {}

  static String of(int code, int subcode) {
    String name = code < CODES.size() ? CODES.get(code) : "error " + code;
    String detail =
        SUBCODES.getOrDefault(code, Map.of()).getOrDefault(subcode, "subcode " + subcode);
    return subcode == 0 ? name : name + ", " + detail;
  }
}
