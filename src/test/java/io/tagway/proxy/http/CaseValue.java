package io.tagway.proxy.http;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Reads the values of a case: texts with placeholders, and bodies that are described. */
final class CaseValue {
  private CaseValue() {}

  static byte[] bytes(@Nullable Object value) {
    if (value == null) {
      return new byte[0];
    }
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    JsonObject object = (JsonObject) value;
    if (object.containsKey("repeat")) {
      String piece = object.getJsonArray("repeat").getString(0);
      return piece
          .repeat(object.getJsonArray("repeat").getInteger(1))
          .getBytes(StandardCharsets.UTF_8);
    }
    if (object.containsKey("b64")) {
      return Base64.getDecoder().decode(object.getString("b64"));
    }
    if (object.containsKey("gzip")) {
      return gzip(bytes(object.getValue("gzip")));
    }
    if (object.containsKey("latin1")) {
      return object.getString("latin1").getBytes(StandardCharsets.ISO_8859_1);
    }
    throw new IllegalArgumentException("unknown body: " + value);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  /** The plain form of a body, both with one character for each byte. */
  static String gunzip(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException broken) {
      return "not gzip: " + broken.getMessage();
    }
  }

  /** A text as it goes on the wire: one character for each byte of its UTF-8 form. */
  static String wire(@Nullable Object value) {
    return new String(bytes(value), StandardCharsets.ISO_8859_1);
  }

  static String fill(String text, Map<String, String> names) {
    String filled = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace("{" + name.getKey() + "}", name.getValue());
    }
    return filled;
  }
}
