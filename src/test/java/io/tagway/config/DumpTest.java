package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DumpTest {
  private static final Map<String, String> LISTENER =
      Map.ofEntries(
          Map.entry("addr", "Addr"),
          Map.entry("proto", "Proto"),
          Map.entry("tlsciphers", "TLSCiphers"),
          Map.entry("rt", "ReadTimeout"),
          Map.entry("wt", "WriteTimeout"),
          Map.entry("it", "IdleTimeout"),
          Map.entry("pxytimeout", "ProxyHeaderTimeout"),
          Map.entry("refresh", "Refresh"),
          Map.entry("tlsmin", "TLSMinVersion"),
          Map.entry("tlsmax", "TLSMaxVersion"),
          Map.entry("strictmatch", "StrictMatch"),
          Map.entry("pxyproto", "ProxyProto"));

  static Stream<Arguments> cases() {
    return ConfigCases.all().stream()
        .filter(test -> !test.containsKey("error"))
        .map(test -> Arguments.of(test.getString("name"), test));
  }

  /** The dump shows what the settings hold, at the place Fabio shows it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void showsTheSettings(String name, JsonObject test, @TempDir Path directory) throws IOException {
    if (!(ConfigCases.load(test, directory) instanceof Loaded.Start start)) {
      return; // Not started: ConfigCasesTest says whether that is right.
    }
    JsonObject settings = SettingsView.of(start.settings());
    JsonObject dump = new JsonObject(start.dump());
    ConfigCases.resource("dump-paths.txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" "))
        .forEach(
            line ->
                assertEquals(
                    shown(settings.getValue(line[0]), line[0]), at(dump, line[1]), line[0]));
    listener(settings.getJsonObject("ui.addr"), dump.getJsonObject("UI").getJsonObject("Listen"));
    JsonArray listeners = settings.getJsonArray("proxy.addr");
    assertEquals(listeners.isEmpty(), dump.getValue("Listen") == null);
    for (int i = 0; i < listeners.size(); i++) {
      listener(listeners.getJsonObject(i), dump.getJsonArray("Listen").getJsonObject(i));
    }
  }

  private static void listener(JsonObject settings, JsonObject dump) {
    LISTENER.forEach(
        (key, shown) ->
            assertEquals(
                text(shown(settings.getValue(key), key)), text(dump.getValue(shown)), key));
    JsonObject source = settings.getJsonObject("cs");
    assertEquals(
        source == null ? "" : source.getString("cs"),
        dump.getJsonObject("CertSource").getString("Name"));
  }

  private static String at(JsonObject dump, String path) {
    String[] keys = path.split("\\.");
    JsonObject object = dump;
    for (int i = 0; i < keys.length - 1; i++) {
      object = object.getJsonObject(keys[i]);
    }
    String last = keys[keys.length - 1];
    assertTrue(object.containsKey(last), () -> path + " is missing");
    return text(object.getValue(last));
  }

  private static String shown(@Nullable Object value, String option) {
    if (value instanceof JsonArray array && array.isEmpty()) {
      return "null";
    }
    boolean secret = option.endsWith("token") || option.endsWith("apikey");
    return secret && !"".equals(value) ? "***" : text(value);
  }

  /** Numbers of any width compare by their text. */
  private static String text(@Nullable Object value) {
    return String.valueOf(value).replace(".0,", ",").replaceAll("\\.0]$", "]");
  }

  @Test
  void keepsFabiosOrderAndForm() {
    Loaded loaded =
        Configuration.load(
            "tagway",
            "1.7.3",
            List.of(
                "-ui.title=<&>\u00e9\"", "-proxy.addr=", "-proxy.auth=name=a;type=basic;file=f"),
            Map.of(),
            ConfigCases.machine(
                address -> {
                  throw new IOException("no network");
                }));
    String dump = Expectation.started(loaded).dump();
    JsonObject object = new JsonObject(dump);
    assertNotNull(object.getJsonObject("Proxy").getJsonObject("AuthSchemes").getJsonObject("a"));
    assertEquals(
        List.of(
            "Log",
            "ProfileMode",
            "ProfilePath",
            "Listen",
            "Metrics",
            "BGP",
            "UI",
            "Registry",
            "Proxy",
            "Runtime",
            "GlobCacheSize",
            "Insecure",
            "GlobMatchingDisabled"),
        List.copyOf(object.fieldNames()));
    assertTrue(dump.startsWith("{\n    \"Log\": {\n        \"AccessFormat\": \"common\",\n"), dump);
    assertTrue(dump.contains("\n    \"Listen\": null,\n"), dump);
    assertTrue(dump.contains("\"Title\": \"\\u003c\\u0026\\u003e\u00e9\\\"\""), dump);
    assertTrue(dump.contains("\"Buckets\": [\n                0.005,\n"), dump);
    assertTrue(dump.contains("\"ModTime\": \"0001-01-01T00:00:00Z\""), dump);
    assertTrue(dump.endsWith("\n}"), dump);
  }
}
