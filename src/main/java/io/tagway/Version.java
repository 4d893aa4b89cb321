package io.tagway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, and of the runtime under it. */
final class Version {
  private Version() {}

  /** As in the project, e.g. {@code 1.0.0}; the build writes it into a resource. */
  static String text() {
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties is missing from the jar");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Java's own version as one word, e.g. {@code java17.0.15}. */
  static String runtime() {
    return "java" + System.getProperty("java.version");
  }
}
