package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
  private final Vertx vertx = Vertx.vertx();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path root;

  @AfterEach
  void close() {
    TlsTestServer.await(vertx.close());
  }

  private void write(String name, String text) throws Exception {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> names() {
    return TlsTestServer.await(LocalFiles.directory(vertx).read(root.toString())).stream()
        .map(file -> root.relativize(Path.of(file.name())) + (file.trouble().isEmpty() ? "" : "!"))
        .sorted()
        .toList();
  }

  @Test
  void findsPemFilesInAllDirectoriesBelow() throws Exception {
    write("a-cert.pem", "x");
    write("sub/deep/b.pem", "x");
    write("a.crt", "x");
    write(".hidden.pem", "x");
    write(".hidden/c.pem", "x");
    write("pem", "x");
    assertEquals(List.of("a-cert.pem", "sub/deep/b.pem"), names());
  }

  @Test
  void followsLinksAsKubernetesMakesThem() throws Exception {
    write("..2026_01_01/tls.pem", "x");
    Files.createSymbolicLink(root.resolve("..data"), Path.of("..2026_01_01"));
    Files.createSymbolicLink(root.resolve("tls.pem"), Path.of("..data/tls.pem"));
    Files.createSymbolicLink(root.resolve("gone.pem"), Path.of("..data/gone.pem"));
    assertEquals(List.of("gone.pem!", "tls.pem"), names());
  }

  @Test
  void isNotCaughtInALoopOfLinks() throws Exception {
    write("sub/a.pem", "x");
    Files.createSymbolicLink(root.resolve("sub/up"), root);
    assertEquals(List.of("sub/a.pem"), names());
  }

  @Test
  void doesNotReadLargeFiles() throws Exception {
    write("limit.pem", "x".repeat(1 << 20));
    write("above.pem", "x".repeat((1 << 20) + 1));
    assertEquals(List.of("above.pem!", "limit.pem"), names());
  }

  @Test
  void takesNoDirectoryForAnEmptyOne() {
    assertEquals(
        List.of(),
        TlsTestServer.await(LocalFiles.directory(vertx).read(root.resolve("nowhere").toString())));
  }

  @Test
  void wantsASingleFileToBeThere() {
    String file = root.resolve("x.pem").toString();
    AssertionError failure =
        assertThrows(
            AssertionError.class, () -> TlsTestServer.await(LocalFiles.single(vertx).read(file)));
    assertTrue(
        String.valueOf(failure.getMessage()).contains(file + ": there is no such file"),
        failure.getMessage());
  }
}
