package io.tagway.tls;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Files and directories of this machine. */
final class LocalFiles {
  private LocalFiles() {}

  /** One file; fails if it cannot be read. */
  static PemFiles single(Vertx vertx) {
    return place ->
        vertx.executeBlocking(
            () -> {
              PemFile file = read(Path.of(place));
              if (!file.trouble().isEmpty()) {
                throw new BadCertificate(place + ": " + file.trouble());
              }
              return List.of(file);
            });
  }

  /**
   * All {@code .pem} files of a directory and those below it, without those whose name starts with
   * a dot. Links are followed, as Kubernetes makes them. No directory is an empty one.
   */
  static PemFiles directory(Vertx vertx) {
    return place -> vertx.executeBlocking(() -> walk(Path.of(place)));
  }

  private static List<PemFile> walk(Path root) throws IOException {
    List<PemFile> files = new ArrayList<>();
    if (!Files.exists(root)) {
      return files;
    }
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(root) && isHidden(directory)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isPem(file)) {
              files.add(read(file));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            if (file.equals(root)) {
              throw new BadCertificate(reason(file, cause));
            }
            if (isPem(file)) {
              files.add(PemFile.unreadable(file.toString(), reason(file, cause)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static boolean isPem(Path file) {
    return file.getFileName().toString().endsWith(".pem") && !isHidden(file);
  }

  private static boolean isHidden(Path file) {
    Path name = file.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  private static PemFile read(Path file) {
    try {
      if (Files.size(file) > PemFile.MAX_BYTES) {
        return PemFile.tooLarge(file.toString());
      }
      return PemFile.of(
          file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return PemFile.unreadable(file.toString(), reason(file, e));
    }
  }

  private static String reason(Path file, IOException cause) {
    return cause instanceof NoSuchFileException
        ? "there is no such file"
        : Files.isReadable(file)
            ? cause.getClass().getSimpleName() + " " + cause.getMessage()
            : "it may not be read";
  }
}
