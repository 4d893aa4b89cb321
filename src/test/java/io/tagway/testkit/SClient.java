package io.tagway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code openssl s_client}: the TLS of somebody else. */
public final class SClient {
  private static final int LIMIT_SECONDS = 30;

  private SClient() {}

  /** Connects, shakes hands, closes, and gives all that it prints. */
  public static String connect(int port, String... arguments) {
    return start("", port, arguments);
  }

  /** Sends a request, waits until the server closes, and gives all that it prints. */
  public static String get(int port, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-ign_eof"));
    all.addAll(List.of(arguments));
    return start(
        "GET /x HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n",
        port,
        all.toArray(new String[0]));
  }

  /**
   * Sends the input as soon as hands are shaken, reads until the server closes, and gives all that
   * it prints.
   *
   * @param address host:port
   */
  public static String talk(String input, String address, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-ign_eof", "-connect", address));
    command.addAll(List.of(arguments));
    return run(input, command);
  }

  private static String start(String input, int port, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of(arguments));
    return run(input, command);
  }

  /** Runs openssl, or another program, to its end. */
  public static String run(String input, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      CompletableFuture<Void> limit =
          CompletableFuture.runAsync(
              process::destroyForcibly,
              CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS));
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        // It ended before it read anything; its output says why.
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (limit.isDone()) {
        throw new AssertionError(command + " does not end:\n" + output);
      }
      limit.cancel(false);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
