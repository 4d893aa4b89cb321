package io.tagway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as Apache's htpasswd and openssl write them. */
class HtpasswdToolsIT {
  private static final String PASSWORD = "Grüße: 1€ & more";

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command));
    return out;
  }

  private static void assertAdmitsOnly(Htpasswd users, String password) {
    assertEquals(List.of(), users.problems());
    byte[] right = password.getBytes(StandardCharsets.UTF_8);
    assertTrue(users.admits("al", right, 0));
    right[2]++;
    assertFalse(users.admits("al", right, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-m", "-B", "-B -C 10", "-2", "-5", "-5 -r 20000", "-s", "-p", "-d"})
  void filesOfHtpasswd(String options, @TempDir Path dir) throws IOException, InterruptedException {
    Path file = dir.resolve("users");
    List<String> command = new ArrayList<>(List.of("htpasswd", "-c", "-b"));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of(file.toString(), "al", PASSWORD));
    run(command);
    assertAdmitsOnly(Htpasswd.parse(Files.readAllBytes(file)), PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-apr1", "-1", "-5", "-6"})
  void entriesOfOpenssl(String option) throws IOException, InterruptedException {
    String entry = run(List.of("openssl", "passwd", option, PASSWORD));
    assertAdmitsOnly(Htpasswd.parse(("al:" + entry).getBytes(StandardCharsets.UTF_8)), PASSWORD);
  }
}
