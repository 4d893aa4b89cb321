package io.tagway.config;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, lists, texts, numbers, switches and null as JSON with an indent of four blanks, the
 * keys in the order of the map. The characters {@code < > &} are escaped, so that the text can
 * stand in a page.
 */
final class Json {
  private final StringBuilder text = new StringBuilder();

  private Json() {}

  static String pretty(Object value) {
    Json json = new Json();
    json.value(value, "\n");
    return json.text.toString();
  }

  private void value(@Nullable Object value, String newline) {
    if (value instanceof Map<?, ?> map) {
      all(
          '{',
          map.entrySet().iterator(),
          entry -> {
            string(String.valueOf(entry.getKey()));
            text.append(": ");
            value(entry.getValue(), newline + "    ");
          },
          '}',
          newline);
    } else if (value instanceof Iterable<?> list) {
      all('[', list.iterator(), item -> value(item, newline + "    "), ']', newline);
    } else if (value instanceof Double number) {
      BigDecimal plain = BigDecimal.valueOf(number).stripTrailingZeros();
      text.append(plain.toPlainString());
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else {
      string(value.toString());
    }
  }

  private <T> void all(
      char open, Iterator<T> items, Consumer<T> write, char close, String newline) {
    text.append(open);
    boolean any = items.hasNext();
    while (items.hasNext()) {
      text.append(newline).append("    ");
      write.accept(items.next());
      text.append(items.hasNext() ? "," : "");
    }
    text.append(any ? newline : "").append(close);
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
