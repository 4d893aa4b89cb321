package io.tagway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make dist} packs, unpacked somewhere else, in a path with blanks. */
class DistIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern PROXY_PORT =
      Pattern.compile("HTTP proxy listening on [0-9.]+:([0-9]+)");

  @TempDir private static Path place;

  private static Path home = Path.of("");

  @BeforeAll
  static void unpack() throws Exception {
    String said = run(List.of("src/main/scripts/dist.sh"));
    String archive = said.lines().reduce("", (first, second) -> second);
    Path blanks = Files.createDirectory(place.resolve("a b"));
    run(List.of("tar", "-xzf", archive, "-C", blanks.toString()));
    try (Stream<Path> found = Files.list(blanks)) {
      home = found.findFirst().orElseThrow();
    }
  }

  @AfterAll
  static void leaveNothing() throws Exception {
    run(List.of("rm", "-rf", "target/dist"));
  }

  @Test
  void holdsWhatItPromises() {
    Stream.of(
            "bin/tagway",
            "bin/tagway-archive",
            "conf/jvm.options",
            "lib/tagway.jar",
            "lib/tagway.jsa",
            "runtime/bin/java",
            "share/tagway.1",
            "share/tagway.bash",
            "share/tagway.service",
            "share/tagway.cdx.json",
            "docs/README.md",
            "examples/monolith.json",
            "LICENSE")
        .forEach(name -> assertTrue(Files.exists(home.resolve(name)), name));
  }

  @Test
  void startsWithItsOwnRuntime() throws Exception {
    assertTrue(run(List.of(home + "/bin/tagway", "-v")).matches("[0-9.]+\\S* java[0-9.]+\\s*"));
  }

  @Test
  void aJavaThatIsNotThereIsToldByName() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(home + "/bin/tagway", "-v");
    builder.environment().put("TAGWAY_JAVA_HOME", "/nowhere");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("tagway: TAGWAY_JAVA_HOME: there is no /nowhere/bin/java\n", said);
    assertEquals(1, process.waitFor());
  }

  @Test
  void servesFromTheArchiveThatCameAlong() throws Exception {
    serves(home);
  }

  @Test
  void servesFromAnArchiveMadeThroughALink() throws Exception {
    // Made where the path has blanks, an archive lacks the classes of the jar.
    Path plain = place.resolve("plain");
    run(List.of("cp", "-Rp", home.toString(), plain.toString()));
    Files.delete(plain.resolve("lib/tagway.jsa"));
    Path link =
        Files.createSymbolicLink(place.resolve("link"), plain.resolve("bin/tagway-archive"));
    ProcessBuilder builder = new ProcessBuilder(link.toString()).inheritIO();
    // Not for this run.
    builder
        .environment()
        .putAll(
            Map.of(
                "FABIO_PROXY_MATCHER",
                "x",
                "proxy_matcher",
                "x",
                "LOG_LEVEL",
                "WARN",
                "http_proxy",
                "http://127.0.0.1:1"));
    assertEquals(0, builder.start().waitFor());
    serves(plain);
  }

  private static void serves(Path home) throws Exception {
    Path log = place.resolve("classes.log");
    Files.deleteIfExists(log);
    Files.deleteIfExists(place.resolve("router.log"));
    Process router =
        bare(
                List.of(
                    home + "/bin/tagway",
                    "-insecure",
                    "-proxy.addr=127.0.0.1:0",
                    "-ui.addr=127.0.0.1:0",
                    "-registry.backend=static",
                    "-registry.static.routes=route add a /a http://127.0.0.1:9/"),
                "-Xlog:class+load:file=" + log)
            .redirectError(place.resolve("router.log").toFile())
            .start();
    try {
      int port = proxyPort(place.resolve("router.log"));
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client
            .getOutputStream()
            .write("GET / HTTP/1.0\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        String answer =
            new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertTrue(answer.startsWith("HTTP/1.0 404 "), answer);
      }
      for (String name : List.of("io.tagway.App", "io.tagway.route.RouteRequest")) {
        assertTrue(
            Files.readString(log).contains(name + " source: shared objects file (top)"),
            () -> name + " was not in the archive");
      }
    } finally {
      router.toHandle().destroy();
      assertTrue(router.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }
    assertEquals(0, router.exitValue());
  }

  private static int proxyPort(Path log) {
    Eventually.within(LIMIT).await("the proxy listens", () -> PROXY_PORT.matcher(text(log)).find());
    Matcher found = PROXY_PORT.matcher(text(log));
    assertTrue(found.find());
    return Integer.parseInt(found.group(1));
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder bare(List<String> command, String jvm) {
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("JAVA_HOME", "/nowhere"); // the runtime that came along is enough
    process.environment().put("TAGWAY_JVM", jvm);
    return process.redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  private static String run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), () -> command + " hangs");
    assertEquals(0, process.exitValue(), () -> command + ": " + said);
    return said;
  }
}
