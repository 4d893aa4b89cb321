package io.tagway.testkit;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Brings {@link Leaks} into a router that runs as a process of its own. As an agent at its start it
 * only adds to the class path; attached later it looks for leaks and tells on stderr.
 */
public final class LeakAgent {
  static final String LEVEL = "io.netty.leakDetection.level";
  static final String DETECTOR = "io.netty.customResourceLeakDetector";

  /** Begins each line that tells of a leak. */
  static final String LEAK = "leaked: ";

  /** The last line of a look. */
  static final String LOOKED = "looked for leaks";

  private LeakAgent() {}

  /** At the start of the process. */
  public static void premain(String arguments, Instrumentation unused) {}

  /** Attached to the process. */
  public static void agentmain(String arguments, Instrumentation unused) {
    Leaks.collect();
    Leaks.reported().forEach(leak -> System.err.println(LEAK + leak));
    System.err.println(LOOKED);
  }

  /** Whether the JVM of the tests looks for leaks, and so its processes are to do the same. */
  static boolean wanted() {
    return System.getProperty(DETECTOR) != null;
  }

  /** The flags of a JVM that is to be looked at. */
  static List<String> flags(Path jar) {
    return List.of(
        "-javaagent:" + jar,
        "-D" + LEVEL + "=" + System.getProperty(LEVEL),
        "-D" + DETECTOR + "=" + System.getProperty(DETECTOR));
  }

  /** Has the process look for leaks; it says so on stderr when it has. */
  static void attach(Path jar, long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        machine.loadAgent(jar.toString());
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
      throw new IOException(e);
    }
  }

  /** Packs the agent; the file goes when this JVM ends. */
  static Path pack() {
    try {
      return packed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path packed() throws IOException {
    Path jar = Files.createTempFile("leaks", ".jar");
    jar.toFile().deleteOnExit();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", LeakAgent.class.getName());
    manifest.getMainAttributes().putValue("Agent-Class", LeakAgent.class.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Class<?> part : List.of(LeakAgent.class, Leaks.class, Eventually.class)) {
        String name = part.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = LeakAgent.class.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(out);
        }
      }
    }
    return jar;
  }
}
