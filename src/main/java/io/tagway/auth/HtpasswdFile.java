package io.tagway.auth;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file on disk and what was seen of it last. Blocks; one thread at a time.
 *
 * <p>A file counts as changed when its time, size or inode differ, so also when an older copy is
 * put in its place.
 */
final class HtpasswdFile {
  /** Two writes within a tick of the file system's clock can leave one time. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private record Stamp(FileTime modified, long sizeBytes, @Nullable Object inode) {}

  private final Path path;
  private final InstantSource clock;
  private @Nullable Stamp last;
  private byte @Nullable [] content;

  HtpasswdFile(Path path, InstantSource clock) {
    this.path = path;
    this.clock = clock;
  }

  /**
   * The content when it is not what was returned last. Fails when the file cannot be read, and then
   * returns the content at the next time that it can, whatever it is.
   */
  Optional<byte[]> readIfChanged() throws IOException {
    byte[] before = content;
    Stamp expected = last;
    content = null;
    last = null;
    Stamp now = stamp();
    byte[] read = before == null || !now.equals(expected) ? Files.readAllBytes(path) : before;
    // The stamp from before the reading: what is written meanwhile shows as a change.
    boolean settled = now.modified().toInstant().plus(SETTLED).isBefore(clock.instant());
    last = settled ? now : null;
    content = read;
    return Arrays.equals(read, before) ? Optional.empty() : Optional.of(read);
  }

  private Stamp stamp() throws IOException {
    BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class);
    return new Stamp(seen.lastModifiedTime(), seen.size(), seen.fileKey());
  }

  /** What went wrong, in the words of Unix. */
  String reason(IOException failure) {
    String cause =
        failure instanceof NoSuchFileException
            ? "no such file or directory"
            : failure instanceof AccessDeniedException
                ? "permission denied"
                : String.valueOf(failure.getMessage());
    return "open " + path + ": " + cause;
  }
}
