package io.tagway.registry;

import io.tagway.route.CommandText;
import io.tagway.route.Line;
import io.tagway.route.Origin;
import io.tagway.route.Parsed;
import io.tagway.route.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The texts that lie under one path of Consul's key-value store. */
final class KvText {
  /** One key with its value, white space around it removed. */
  record Pair(String key, String value, long version) {}

  private final String root;

  /**
   * @param path as configured; a leading slash is not part of the key
   */
  KvText(String path) {
    String key = path;
    while (key.startsWith("/")) {
      key = key.substring(1);
    }
    this.root = key;
  }

  /** The key without a leading slash. */
  String root() {
    return root;
  }

  /**
   * Whether a key is the path itself or below it. Consul's {@code recurse} goes by prefix and gives
   * the neighbours as well, such as {@code fabio/config-old}.
   */
  boolean contains(String key) {
    return root.isEmpty()
        || key.equals(root)
        || key.startsWith(root.endsWith("/") ? root : root + "/");
  }

  /** The pairs of an answer of {@code /v1/kv/<root>?recurse} that belong here, in its order. */
  List<Pair> pairs(Buffer body) throws IOException {
    return pairsOf(body).stream().filter(pair -> contains(pair.key())).toList();
  }

  /** All pairs of an answer of {@code /v1/kv/...}; an empty body has none. */
  static List<Pair> pairsOf(Buffer body) throws IOException {
    if (body.length() == 0) {
      return List.of();
    }
    List<Pair> pairs = new ArrayList<>();
    try {
      for (Object element : new JsonArray(body)) {
        JsonObject row = (JsonObject) element;
        pairs.add(
            new Pair(
                row.getString("Key", ""),
                value(row.getString("Value", "")),
                row.getLong("ModifyIndex", 0L)));
      }
    } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
      throw new IOException("no list of keys: " + e.getMessage(), e);
    }
    return pairs;
  }

  @SuppressWarnings("NullAway") // Consul writes an empty value as null
  private static String value(String base64) {
    return base64 == null
        ? ""
        : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).strip();
  }

  /** The commands of all values, each with its key and line. */
  static Parsed commands(List<Pair> pairs) {
    List<Line> lines = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Pair pair : pairs) {
      Parsed parsed =
          CommandText.parse(pair.value(), new Origin(Origin.Kind.OVERRIDE, pair.key(), "", 0));
      lines.addAll(parsed.lines());
      problems.addAll(parsed.problems());
    }
    return new Parsed(lines, problems);
  }

  /** All values, an empty line between two. */
  static String joined(List<Pair> pairs) {
    return pairs.stream().map(Pair::value).collect(Collectors.joining("\n\n"));
  }
}
