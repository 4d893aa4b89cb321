package io.tagway;

import io.tagway.registry.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * A recording of the JDK's Flight Recorder from the start of the process to its end: what Go's
 * profiles are to Fabio. {@code jfr print} and JDK Mission Control read it.
 */
final class Profile {
  private static final System.Logger LOG = System.getLogger(Profile.class.getName());

  private final Recording recording;
  private final Path file;
  private final AtomicBoolean written = new AtomicBoolean();

  private Profile(Recording recording, Path file) {
    this.recording = recording;
    this.file = file;
  }

  /**
   * Begins to record; nothing without a mode, and with a warning on a Java machine that has no
   * Flight Recorder.
   *
   * @param mode cpu, mem, mutex, block, trace, or empty
   * @param directory made if it is not there; the file is called after the mode
   * @throws StartFailure if the directory cannot be made
   */
  static Optional<Profile> start(String mode, String directory) {
    if (mode.isEmpty()) {
      return Optional.empty();
    }
    if (!hasRecorder()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "profile.mode has no effect: this Java machine has no Flight Recorder");
      return Optional.empty();
    }
    Path file = Path.of(directory).resolve(mode + ".jfr");
    try {
      Files.createDirectories(Path.of(directory));
      Recording recording = recording(mode);
      recording.start();
      LOG.log(System.Logger.Level.INFO, "Profiling " + mode + " to " + file);
      return Optional.of(new Profile(recording, file));
    } catch (IOException | ParseException e) {
      throw new StartFailure("profile.path: cannot use " + directory + ": " + e);
    }
  }

  /** The module may have been left out of a runtime that was put together for this program. */
  private static boolean hasRecorder() {
    return ModuleLayer.boot().findModule("jdk.jfr").isPresent() && FlightRecorder.isAvailable();
  }

  private static Recording recording(String mode) throws IOException, ParseException {
    if (mode.equals("trace")) {
      return new Recording(Configuration.getConfiguration("profile"));
    }
    Recording recording = new Recording();
    Duration shortest = Duration.ofMillis(1);
    switch (mode) {
      case "cpu" -> {
        recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
        recording.enable("jdk.NativeMethodSample").withPeriod(Duration.ofMillis(20));
        recording.enable("jdk.CPULoad").withPeriod(Duration.ofSeconds(1));
      }
      case "mem" -> {
        recording.enable("jdk.ObjectAllocationSample").withStackTrace();
        recording.enable("jdk.OldObjectSample").withStackTrace();
        recording.enable("jdk.GCHeapSummary");
        recording.enable("jdk.GarbageCollection");
      }
      case "mutex" -> recording.enable("jdk.JavaMonitorEnter").withThreshold(shortest);
      case "block" -> {
        recording.enable("jdk.JavaMonitorEnter").withThreshold(shortest);
        recording.enable("jdk.JavaMonitorWait").withThreshold(shortest);
        recording.enable("jdk.ThreadPark").withThreshold(shortest);
        recording.enable("jdk.ThreadSleep").withThreshold(shortest);
      }
      default -> throw new IllegalArgumentException("no profile mode: " + mode);
    }
    return recording;
  }

  /** Ends the recording and writes the file; only the first call does. Blocks. */
  void write() {
    if (!written.compareAndSet(false, true)) {
      return;
    }
    try (recording) {
      recording.stop();
      recording.dump(file);
      LOG.log(System.Logger.Level.INFO, "Profile written to " + file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "Cannot write the profile " + file + ": " + e);
    }
  }
}
