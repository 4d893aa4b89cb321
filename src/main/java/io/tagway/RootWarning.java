package io.tagway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says that the process runs as root, which a router has no need of. */
final class RootWarning {
  private RootWarning() {}

  /**
   * The warning, if the effective user is root; empty on other users and where there is no /proc.
   *
   * @param accepted whether the user said that it is meant so ({@code -insecure})
   */
  static Optional<String> text(boolean accepted) {
    try {
      return effectiveUser(Files.readString(Path.of("/proc/self/status")))
          .filter(user -> user == 0)
          .map(
              root ->
                  accepted
                      ? "Running as root, which -insecure allows. A port below 1024 needs only"
                          + " CAP_NET_BIND_SERVICE."
                      : "Running as root. Use another user, with CAP_NET_BIND_SERVICE for ports"
                          + " below 1024, or say -insecure if it is meant so.");
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The second number of the Uid line (proc_pid_status(5)). */
  static Optional<Integer> effectiveUser(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("Uid:"))
        .map(line -> Integer.valueOf(line.split("\\s+")[2]))
        .findFirst();
  }
}
