package io.tagway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.TagwayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ui.auth} of the packed program. */
class LoginStartIT {
  @TempDir Path folder;

  private static List<String> arguments(Path file) {
    return List.of(
        "-registry.backend=static",
        "-proxy.addr=127.0.0.1:0",
        "-ui.addr=127.0.0.1:0",
        "-ui.access=rw",
        "-metrics.target=prometheus",
        "-ui.auth=name=ops;type=basic;file=" + file);
  }

  private static int status(TagwayProcess tagway, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + tagway.adminPort() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void guardsThePageAndTheMetricsButNotTheHealthCheck() throws Exception {
    Path file = Files.writeString(folder.resolve("ops"), "alice:{PLAIN}open sesame\n");
    String[] alice = {"Authorization", basic("alice:open sesame")};
    try (TagwayProcess tagway = TagwayProcess.start(arguments(file))) {
      assertEquals(200, status(tagway, "/health"));
      for (String path : List.of("/routes", "/api/config", "/metrics")) {
        assertEquals(401, status(tagway, path), path);
        assertEquals(200, status(tagway, path, alice), path);
      }
      assertEquals(401, status(tagway, "/metrics", "Authorization", basic("alice:secret-guess")));
      tagway.awaitLog("login refused: 'alice' at 127.0.0.1");
      assertTrue(!tagway.log().contains("secret-guess"), "no password in the log");
    }
  }

  @Test
  void doesNotStartWithoutTheFile() throws Exception {
    try (TagwayProcess tagway = TagwayProcess.start(arguments(folder.resolve("none")))) {
      assertEquals(1, tagway.exit(Duration.ofSeconds(30)));
      assertTrue(tagway.log().contains("no such file or directory"), tagway.log());
    }
  }

  private static String basic(String both) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }
}
