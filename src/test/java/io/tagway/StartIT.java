package io.tagway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.TagwayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, bad input and stop, seen from outside the packed jar. */
class StartIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void theVersionIsTwoWordsOnStdout() throws Exception {
    try (TagwayProcess tagway = TagwayProcess.start(List.of("-v"))) {
      assertEquals(0, tagway.exit(LIMIT));
      assertTrue(tagway.output().matches("\\S+ \\S+"), tagway.output());
      assertEquals("", tagway.log());
    }
  }

  @Test
  void helpGoesToStderrAndNamesEveryOption() throws Exception {
    try (TagwayProcess tagway = TagwayProcess.start(List.of("-h"))) {
      assertEquals(0, tagway.exit(LIMIT));
      assertTrue(tagway.log().startsWith("Usage of "), tagway.log());
      assertTrue(tagway.log().contains("\n  -proxy.addr "), tagway.log());
    }
  }

  @Test
  void anUnknownOptionIsAUsageError() throws Exception {
    refused(2, "flag provided but not defined: -proxy.adr", "-proxy.adr", ":1");
  }

  @Test
  void aMalformedListenerIsRefused() throws Exception {
    refused(1, "unknown protocol \"htp\"", "-proxy.addr", ":0;proto=htp");
  }

  @Test
  void anUnreadableFileIsNamed() throws Exception {
    String missing = directory.resolve("missing.properties").toString();
    refused(1, missing, "-cfg", missing);
  }

  @Test
  void severalProblemsAreReportedAtOnce() throws Exception {
    try (TagwayProcess tagway =
        TagwayProcess.start(
            List.of("-proxy.strategy", "best", "-proxy.matcher", "regex", "-ui.access", "all"))) {
      assertEquals(1, tagway.exit(LIMIT));
      for (String name : List.of("proxy.strategy", "proxy.matcher", "ui.access")) {
        assertTrue(
            tagway.log().contains("[FATAL] " + Version.text() + ". " + name + ": "), tagway.log());
      }
    }
  }

  @Test
  void aProxyPortInUseEndsTheStart() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      refused(1, address, statically("", "-proxy.addr", address));
    }
  }

  @Test
  void anAdminPortInUseEndsTheStart() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      refused(1, "ui: listen: " + address, statically("", "-ui.addr", address));
    }
  }

  @Test
  void anUnreadableHtpasswdFileEndsTheStart() throws Exception {
    String missing = directory.resolve("users").toString();
    refused(
        1,
        "[FATAL] auth 'mine': open " + missing + ": no such file or directory",
        statically("", "-proxy.auth", "name=mine;type=basic;file=" + missing));
  }

  /** Starts against a Consul that is not there, until it gives up; the log. */
  private static String givenUp(String consul) throws Exception {
    try (TagwayProcess tagway =
        TagwayProcess.start(
            List.of(
                "-registry.consul.addr", consul,
                "-registry.timeout", "1s",
                "-registry.retry", "100ms",
                "-proxy.addr", "127.0.0.1:0",
                "-ui.addr", "127.0.0.1:0"))) {
      assertEquals(1, tagway.exit(LIMIT));
      assertTrue(tagway.log().contains("[FATAL] Timeout registering backend."), tagway.log());
      return tagway.log();
    }
  }

  @Test
  void aConsulThatNeverAnswersEndsTheStartAfterTheTimeout() throws Exception {
    String log = givenUp("127.0.0.1:" + closedPort());
    assertTrue(log.contains("[WARN] Error initializing backend."), log);
  }

  @Test
  void consulBehindHttpsNeedsNothingThatIsNotInTheJar() throws Exception {
    String log = givenUp("https://127.0.0.1:" + closedPort());
    assertTrue(log.contains("onnection refused"), log);
  }

  @Test
  void certificatesBehindHttpsNeedNothingThatIsNotInTheJar() throws Exception {
    String list = "https://127.0.0.1:" + closedPort() + "/list";
    try (TagwayProcess tagway =
        TagwayProcess.start(
            List.of(
                "-registry.backend", "static",
                "-proxy.cs", "cs=x;type=http;cert=" + list,
                "-proxy.addr", "127.0.0.1:0;cs=x",
                "-ui.addr", "127.0.0.1:0"))) {
      tagway.awaitLog("GET " + list);
      tagway.awaitLog("HTTPS proxy listening on ");
    }
  }

  @Test
  void wordsAreReadAndWrittenInUtf8WhateverTheLocale() throws Exception {
    Path script =
        Files.writeString(
            directory.resolve("start"),
            "LC_ALL=C exec java -jar " + TagwayProcess.jar() + " -registry.static.größe 1\n");
    Process process = new ProcessBuilder("sh", script.toString()).start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor());
    assertTrue(said.contains("registry.static.größe"), said);
  }

  @Test
  void aStopWhileConsulOwesAnAnswerIsInOrder() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TagwayProcess tagway =
            TagwayProcess.start(
                List.of(
                    "-registry.consul.addr", "127.0.0.1:" + silent.getLocalPort(),
                    "-proxy.addr", "127.0.0.1:0",
                    "-ui.addr", "127.0.0.1:0"))) {
      tagway.awaitLog("Waiting for first routing table");
      silent.accept();
      tagway.terminate();
      assertEquals(0, tagway.exit(LIMIT));
      assertFalse(tagway.log().contains("\tat "), tagway.log());
      assertFalse(tagway.log().contains("[FATAL]"), tagway.log());
    }
  }

  @Test
  void aConsulThatAcceptsButNeverAnswersIsGivenUpToo() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      givenUp("127.0.0.1:" + silent.getLocalPort());
    }
  }

  @Test
  void theAccessLogGoesToStdoutAndIsWholeAfterAStop() throws Exception {
    try (TagwayProcess tagway =
        TagwayProcess.start(
            List.of(
                "-log.access.target", "stdout",
                "-log.access.format", "$response_status $request",
                "-registry.backend", "static",
                "-registry.static.routes", "route add a / http://127.0.0.1:" + closedPort() + "/",
                "-proxy.addr", "127.0.0.1:0",
                "-ui.addr", "127.0.0.1:0"))) {
      URI uri = URI.create("http://127.0.0.1:" + tagway.proxyPort() + "/x");
      for (int i = 0; i < 3; i++) {
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build(),
                HttpResponse.BodyHandlers.discarding());
      }
      tagway.terminate();
      assertEquals(0, tagway.exit(LIMIT));
      assertEquals("502 GET /x HTTP/1.1\n".repeat(3).strip(), tagway.output().strip());
      assertTrue(tagway.log().contains("[INFO] Writing access log to stdout"), tagway.log());
    }
  }

  @Test
  void aProfileIsWrittenAtTheStop() throws Exception {
    Path profiles = directory.resolve("profiles");
    try (TagwayProcess tagway =
        TagwayProcess.start(
            List.of(
                "-profile.mode", "cpu",
                "-profile.path", profiles.toString(),
                "-registry.backend", "static",
                "-proxy.addr", "127.0.0.1:0",
                "-ui.addr", "127.0.0.1:0"))) {
      tagway.proxyPort();
      tagway.terminate();
      assertEquals(0, tagway.exit(LIMIT));
      assertTrue(Files.size(profiles.resolve("cpu.jfr")) > 0, tagway.log());
    }
  }

  @Test
  void theLogLevelCanBeChangedFromOutside() throws Exception {
    try (TagwayProcess tagway =
        TagwayProcess.start(
            List.of(
                "-ui.access", "rw",
                "-registry.backend", "static",
                "-proxy.addr", "127.0.0.1:0",
                "-ui.addr", "127.0.0.1:0"))) {
      tagway.proxyPort();
      URI uri = URI.create("http://127.0.0.1:" + tagway.adminPort() + "/api/log");
      HttpRequest quiet =
          HttpRequest.newBuilder(uri)
              .PUT(HttpRequest.BodyPublishers.ofString("{\"level\":\"ERROR\"}"))
              .build();
      assertEquals(
          "{\"level\":\"ERROR\"}",
          HttpClient.newHttpClient().send(quiet, HttpResponse.BodyHandlers.ofString()).body());
      tagway.awaitLog("[WARN] log level changed from INFO to ERROR by ");
      tagway.terminate();
      assertEquals(0, tagway.exit(LIMIT));
      assertFalse(tagway.log().contains("Exiting"), tagway.log());
    }
  }

  @Test
  void theCustomBackendNeedsAnAddress() throws Exception {
    refused(1, "registry.custom.host", "-registry.backend", "custom");
    refused(1, "no address", "-registry.backend", "custom", "-registry.custom.host", "a b");
  }

  @Test
  void aBadLineInAFileIsReportedAndTheOthersServe() throws Exception {
    Path routes = directory.resolve("routes.txt");
    Files.writeString(
        routes, "route add a /a http://127.0.0.1:1/\nroute ad b /b\nroute add c /c http://c/\n");
    try (TagwayProcess tagway =
        TagwayProcess.start(
            List.of(
                "-registry.backend", "file",
                "-registry.file.path", routes.toString(),
                "-proxy.addr", "127.0.0.1:0",
                "-ui.addr", "127.0.0.1:0"))) {
      assertEquals(
          "route add c /c http://c/\nroute add a /a http://127.0.0.1:1/\n",
          get(tagway.adminPort(), "/api/routes?raw"));
      tagway.awaitLog("[WARN] ");
      assertTrue(tagway.log().contains("route ad b /b"), tagway.log());
      assertTrue(tagway.log().contains("line 2"), tagway.log());
    }
  }

  @Test
  void aStopIsCleanAndTheStatusZero() throws Exception {
    try (TagwayProcess tagway = TagwayProcess.start(statically("route add a / http://a/"))) {
      assertTrue(tagway.proxyPort() > 0);
      tagway.terminate();
      assertEquals(0, tagway.exit(LIMIT));
      assertTrue(tagway.log().contains("[INFO] Caught SIGTERM. Exiting"), tagway.log());
      assertTrue(tagway.log().endsWith("[INFO] Down"), tagway.log());
    }
  }

  @Test
  void hangupIsIgnored() throws Exception {
    try (TagwayProcess tagway = TagwayProcess.start(statically("route add a / http://a/"))) {
      int port = tagway.adminPort();
      assertTrue(tagway.proxyPort() > 0);
      new ProcessBuilder("kill", "-HUP", Long.toString(tagway.pid())).start().waitFor();
      tagway.awaitLog("Caught SIGHUP. Ignoring");
      assertEquals("OK\n", get(port, "/health"));
    }
  }

  @Test
  void theStartTellsWhatItDoes() throws Exception {
    try (TagwayProcess tagway = TagwayProcess.start(statically(""))) {
      assertTrue(tagway.proxyPort() > 0);
      for (String line :
          List.of(
              "[INFO] Runtime config",
              "Admin server access mode \"ro\"",
              "Using routing strategy \"rnd\"",
              "Using route matching \"prefix\"",
              "Using transport ")) {
        assertTrue(tagway.log().contains(line), () -> line + " is not in\n" + tagway.log());
      }
    }
  }

  private void refused(int status, String text, String... args) throws Exception {
    refused(status, text, List.of(args));
  }

  private void refused(int status, String text, List<String> args) throws Exception {
    try (TagwayProcess tagway = TagwayProcess.start(args)) {
      assertEquals(status, tagway.exit(LIMIT), tagway::log);
      assertTrue(tagway.log().contains(text), () -> text + " is not in\n" + tagway.log());
      assertEquals("", tagway.output());
      assertTrue(!tagway.log().contains("\tat "), () -> "a stack trace:\n" + tagway.log());
    }
  }

  /** The arguments of a router with these routes, on free ports unless told otherwise. */
  private static List<String> statically(String routes, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("-registry.backend", "static", "-registry.static.routes", routes));
    args.addAll(List.of("-proxy.addr", "127.0.0.1:0", "-ui.addr", "127.0.0.1:0"));
    args.addAll(List.of(more));
    return args;
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String get(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString())
        .body();
  }
}
