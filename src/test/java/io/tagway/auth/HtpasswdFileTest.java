package io.tagway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtpasswdFileTest {
  private static final FileTime OLD = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

  private static Path file(Path dir, String text) throws IOException {
    Path path = Files.writeString(dir.resolve("users"), text);
    Files.setLastModifiedTime(path, OLD);
    return path;
  }

  private static Optional<String> look(HtpasswdFile file) throws IOException {
    return file.readIfChanged().map(Latin1::text);
  }

  @Test
  void contentIsReturnedOnceForEachChange(@TempDir Path dir) throws IOException {
    HtpasswdFile file = new HtpasswdFile(file(dir, "one"), InstantSource.system());
    assertEquals(Optional.of("one"), look(file));
    assertEquals(Optional.empty(), look(file));
    Files.writeString(dir.resolve("users"), "three");
    assertEquals(Optional.of("three"), look(file));
    assertEquals(Optional.empty(), look(file));
  }

  @Test
  void anOtherFileWithTheSameTimeAndSizeIsAChange(@TempDir Path dir) throws IOException {
    Path path = file(dir, "one");
    HtpasswdFile file = new HtpasswdFile(path, InstantSource.system());
    assertEquals(Optional.of("one"), look(file));
    Path next = Files.writeString(dir.resolve("next"), "two");
    Files.setLastModifiedTime(next, OLD);
    Files.move(next, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertEquals(Optional.of("two"), look(file));
  }

  @Test
  void aSecondWriteWithinOneTickOfTheClockIsSeen(@TempDir Path dir) throws IOException {
    Path path = file(dir, "one");
    InstantSource justAfter = InstantSource.fixed(OLD.toInstant().plusMillis(1));
    HtpasswdFile file = new HtpasswdFile(path, justAfter);
    assertEquals(Optional.of("one"), look(file));
    Files.writeString(path, "two");
    Files.setLastModifiedTime(path, OLD);
    assertEquals(Optional.of("two"), look(file));
    assertEquals(Optional.empty(), look(file));
  }

  @Test
  void aFileThatComesBackIsReadThoughItIsTheOldOne(@TempDir Path dir) throws IOException {
    Path path = file(dir, "one");
    HtpasswdFile file = new HtpasswdFile(path, InstantSource.system());
    assertEquals(Optional.of("one"), look(file));
    Path away = Files.move(path, dir.resolve("away"));
    IOException gone = assertThrows(IOException.class, () -> look(file));
    assertEquals("open " + path + ": no such file or directory", file.reason(gone));
    Files.move(away, path);
    assertEquals(Optional.of("one"), look(file));
  }

  @Test
  void aDirectoryIsNoFile(@TempDir Path dir) {
    HtpasswdFile file = new HtpasswdFile(dir, InstantSource.system());
    IOException failure = assertThrows(IOException.class, () -> look(file));
    assertTrue(file.reason(failure).startsWith("open " + dir + ": "), file.reason(failure));
  }
}
