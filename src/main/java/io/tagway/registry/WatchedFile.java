package io.tagway.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text file that is looked at again and again. Looks at the name each time, so that a file that
 * was replaced by renaming another counts like one that was written to. Blocks.
 */
final class WatchedFile {
  /** A file may be written twice within one tick of its time stamp. */
  private static final Duration YOUNG = Duration.ofSeconds(2);

  private record Stamp(Instant modified, long bytes, @Nullable Object file) {}

  private final Path path;
  private final Clock clock;
  private @Nullable Stamp seen;
  private @Nullable String text;

  WatchedFile(Path path, Clock clock) {
    this.path = path;
    this.clock = clock;
  }

  Path path() {
    return path;
  }

  /**
   * The text, if it is another than the last one that was given.
   *
   * @throws IOException if it cannot be read; the next call tries again
   */
  Optional<String> news() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Instant modified = attributes.lastModifiedTime().toInstant();
    Stamp now = new Stamp(modified, attributes.size(), attributes.fileKey());
    boolean young = modified.isAfter(clock.instant().minus(YOUNG));
    if (now.equals(seen) && !young) {
      return Optional.empty();
    }
    String read = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    seen = now;
    if (Objects.equals(read, text)) {
      return Optional.empty();
    }
    text = read;
    return Optional.of(read);
  }
}
