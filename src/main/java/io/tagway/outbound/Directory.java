package io.tagway.outbound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory of trusted CAs. */
public final class Directory {
  private Directory() {}

  /**
   * All files in it, not those in directories below, by name.
   *
   * @throws IOException if it cannot be read
   */
  public static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
