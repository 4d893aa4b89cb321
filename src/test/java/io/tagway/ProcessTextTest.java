package io.tagway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTextTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path directory;

  private Path proc(String... words) throws IOException {
    return Files.write(
        directory.resolve("words"),
        (String.join("\0", words) + "\0").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void wordsThatJavaCouldNotReadAreReadAgain() throws IOException {
    Path line = proc("java", "-jar", "tagway.jar", "-ui.title", "Zürich", "-ui.color", "");
    assertEquals(
        List.of("-ui.title", "Zürich", "-ui.color", ""),
        ProcessText.arguments(List.of("-ui.title", "Z\ufffd\ufffdrich", "-ui.color", ""), line));
  }

  @Test
  void plainWordsAreNotLookedFor() {
    List<String> args = List.of("-ui.title", "Berne");
    assertEquals(args, ProcessText.arguments(args, directory.resolve("missing")));
  }

  @Test
  void whatTheSystemDoesNotTellStaysAsJavaReadIt() throws IOException {
    List<String> args = List.of("-ui.title", "Z\ufffd\ufffdrich");
    assertEquals(args, ProcessText.arguments(args, directory.resolve("missing")));
    assertEquals(args, ProcessText.arguments(args, proc("java")));
    Path other = Files.write(directory.resolve("latin"), new byte[] {'a', 0, (byte) 0xfc, 0});
    assertEquals(args, ProcessText.arguments(args, other));
  }

  @Test
  void variablesAreReadInTheSameWay() throws IOException {
    Path environ = proc("A=b=ü", "B=plain", "NOT_SEEN=x");
    assertEquals(
        Map.of("A", "b=ü", "B", "plain"),
        ProcessText.environment(Map.of("A", "b=\ufffd\ufffd", "B", "plain"), environ));
  }
}
