package io.tagway.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tagway.route.CommandRow;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a route service: a JSON array of objects with {@code cmd}, {@code service}, {@code
 * src}, {@code dst}, {@code weight}, {@code tags} and {@code opts}. Names are compared without case
 * and unknown ones passed over, as Go's decoder does; null is as good as absent.
 */
final class RouteRows {
  private static final JsonFactory JSON = new JsonFactory();

  private RouteRows() {}

  /**
   * Every object starts afresh: what it does not say is empty.
   *
   * @throws IOException if this is no such array, or anything in it is of another type; half an
   *     answer is none
   */
  static List<CommandRow> parse(Buffer body) throws IOException {
    List<CommandRow> rows = new ArrayList<>();
    try (JsonParser in = JSON.createParser(body.getBytes())) {
      expect(in.nextToken(), JsonToken.START_ARRAY, "the answer");
      while (in.nextToken() != JsonToken.END_ARRAY) {
        rows.add(row(in));
      }
      if (in.nextToken() != null) {
        throw new IOException("more after the end of the answer");
      }
    }
    return rows;
  }

  private static CommandRow row(JsonParser in) throws IOException {
    Map<String, String> texts = new HashMap<>();
    String weight = "";
    List<String> tags = List.of();
    Map<String, String> options = Map.of();
    expect(in.currentToken(), JsonToken.START_OBJECT, "an element");
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName().toLowerCase(Locale.ROOT);
      JsonToken value = in.nextToken();
      switch (name) {
        case "cmd", "service", "src", "dst" -> texts.put(name, text(in, name));
        case "weight" -> weight = number(in);
        case "tags" -> tags = value == JsonToken.VALUE_NULL ? List.of() : texts(in);
        case "opts" -> options = value == JsonToken.VALUE_NULL ? Map.of() : map(in);
        default -> in.skipChildren();
      }
    }
    return new CommandRow(
        texts.getOrDefault("cmd", ""),
        texts.getOrDefault("service", ""),
        texts.getOrDefault("src", ""),
        texts.getOrDefault("dst", ""),
        weight,
        tags,
        options);
  }

  private static String text(JsonParser in, String name) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    expect(in.currentToken(), JsonToken.VALUE_STRING, name);
    return in.getText();
  }

  private static String number(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    if (!in.currentToken().isNumeric()) {
      throw new IOException("weight: a number was expected, not " + in.currentToken());
    }
    return in.getText();
  }

  private static List<String> texts(JsonParser in) throws IOException {
    List<String> all = new ArrayList<>();
    expect(in.currentToken(), JsonToken.START_ARRAY, "tags");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      all.add(text(in, "tags"));
    }
    return all;
  }

  private static Map<String, String> map(JsonParser in) throws IOException {
    Map<String, String> all = new HashMap<>();
    expect(in.currentToken(), JsonToken.START_OBJECT, "opts");
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      all.put(name, text(in, "opts"));
    }
    return all;
  }

  private static void expect(@Nullable JsonToken found, JsonToken expected, String what)
      throws IOException {
    if (found != expected) {
      throw new IOException(what + ": " + expected + " was expected, not " + found);
    }
  }
}
