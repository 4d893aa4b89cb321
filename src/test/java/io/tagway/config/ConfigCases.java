package io.tagway.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Runs the cases of config-cases.json against the loader, without sockets. */
final class ConfigCases {
  static final String URL = "http://config.test/fabio.properties";

  private ConfigCases() {}

  static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(ConfigCases.class.getResourceAsStream("/config/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonObject> all() {
    return new JsonArray(resource("config-cases.json"))
        .stream().map(JsonObject.class::cast).toList();
  }

  /** Loads what the case says; its file is written into the directory. */
  static Loaded load(JsonObject test, Path directory) throws IOException {
    String fileText = test.getString("file");
    Path file = directory.resolve("fabio.properties");
    String text = fileText == null ? "" : filled(fileText, directory);
    if (fileText != null) {
      Files.writeString(file, text);
    }
    List<String> args = new ArrayList<>();
    for (Object word : test.getJsonArray("args")) {
      args.add(filled((String) word, directory));
    }
    Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin", "HOME", "/home/x"));
    for (Map.Entry<String, Object> variable : test.getJsonObject("env")) {
      environment.put(variable.getKey(), filled((String) variable.getValue(), directory));
    }
    String written = test.getJsonArray("args").encode() + test.getJsonObject("env").encode();
    if (fileText != null && !written.contains("{file}") && !written.contains("{url}")) {
      args.add(0, file.toString());
      args.add(0, "-cfg");
    }
    return Configuration.load(
        "tagway", "1.7.3", args, environment, machine(answer(test.getJsonObject("http"), text)));
  }

  private static String filled(String text, Path directory) {
    return text.replace("{file}", directory.resolve("fabio.properties").toString())
        .replace("{missing}", directory.resolve("missing").toString())
        .replace("{url}", URL)
        .replace("{p1}", "41001")
        .replace("{p2}", "41002")
        .replace("{p3}", "41003");
  }

  private static Fetch answer(JsonObject http, String text) {
    return address -> {
      if (http == null || !address.toString().equals(URL)) {
        throw new IOException("no such server");
      }
      return new Fetch.Answer(
          http.getInteger("status"),
          Optional.ofNullable(http.getString("contentType")),
          ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    };
  }

  /** A machine on which nothing depends on the real one. */
  static Machine machine(Fetch fetch) {
    LocalAddresses addresses =
        new LocalAddresses(
            List.of(
                held("lo", "127.0.0.1"),
                held("eth0", "fe80::1"),
                held("eth0", "10.1.2.3"),
                held("eth1", "2001:db8::7"),
                held("eth1", "192.0.2.7")));
    return new Machine(
        Clock.fixed(Instant.parse("2026-11-23T01:02:03Z"), ZoneOffset.UTC),
        fetch,
        () -> addresses,
        4,
        "/tmp",
        "java17.0.1");
  }

  private static LocalAddresses.Held held(String name, String address) {
    try {
      return new LocalAddresses.Held(name, InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }
}
