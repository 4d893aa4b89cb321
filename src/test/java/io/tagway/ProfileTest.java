package io.tagway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.registry.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private Path directory;

  /** Something of everything that is recorded, the parking included. */
  private static void work() throws InterruptedException {
    Object lock = new Object();
    Thread waiting =
        new Thread(
            () -> {
              synchronized (lock) {
                Thread.onSpinWait();
              }
            });
    synchronized (lock) {
      waiting.start();
      // Holds the lock for as long as the CPU is busy, and the thread above waits for it.
      long end = System.nanoTime() + 1_500_000_000L;
      List<String> kept = List.of();
      for (int i = 0; System.nanoTime() < end; i++) {
        kept = List.of("x".repeat(i & 0xfff), kept.isEmpty() ? "" : kept.get(0));
      }
      assertFalse(kept.isEmpty());
    }
    waiting.join();
    LockSupport.parkNanos(20_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "cpu,jdk.ExecutionSample",
    "mem,jdk.ObjectAllocationSample",
    "mutex,jdk.JavaMonitorEnter",
    "block,jdk.ThreadPark",
    "trace,jdk.ExecutionSample"
  })
  void eachModeRecordsWhatItIsCalledAfter(String mode, String event)
      throws IOException, InterruptedException {
    Path below = directory.resolve("made");
    Profile profile = Profile.start(mode, below.toString()).orElseThrow();
    work();
    profile.write();
    profile.write();
    Set<String> events =
        RecordingFile.readAllEvents(below.resolve(mode + ".jfr")).stream()
            .map(one -> one.getEventType().getName())
            .collect(Collectors.toSet());
    assertTrue(events.contains(event), events.toString());
    if (mode.equals("mutex")) {
      assertEquals(Set.of(event), events);
    }
  }

  @Test
  void withoutAModeNothingIsRecorded() {
    assertTrue(Profile.start("", directory.toString()).isEmpty());
  }

  @Test
  void aDirectoryThatCannotBeMadeEndsTheStart() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThrows(StartFailure.class, () -> Profile.start("cpu", file.resolve("x").toString()));
  }
}
