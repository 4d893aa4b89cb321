package io.tagway.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packed jar as a process of its own, as users start it. If the tests look for leaks, so does
 * the process, and what it finds before it is ended from here fails the test.
 */
public final class TagwayProcess implements AutoCloseable {
  private static final Pattern PROXY = Pattern.compile("HTTP proxy listening on \\S*:(\\d+)$");
  private static final Pattern ADMIN =
      Pattern.compile("Admin server listening on \"\\S*:(\\d+)\"$");

  /** Of the JVM, in a checkout. */
  public static final String LAUNCHER_FLAGS = "@src/main/dist/conf/jvm.options";

  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final Process process;
  private final List<String> stdout = Collections.synchronizedList(new ArrayList<>());
  private final List<String> stderr = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> readers;

  private TagwayProcess(Process process) {
    this.process = process;
    this.readers =
        List.of(
            reader(process.inputReader(StandardCharsets.UTF_8), stdout),
            reader(process.errorReader(StandardCharsets.UTF_8), stderr));
  }

  /** Starts it with these arguments and the environment of this process. */
  public static TagwayProcess start(List<String> args) throws IOException {
    return start(List.of(), args, Map.of());
  }

  /** Starts it with JVM flags, arguments and further environment variables. */
  public static TagwayProcess start(
      List<String> jvm, List<String> args, Map<String, String> environment) throws IOException {
    return start(jar(), jvm, args, environment);
  }

  /** Starts it as the launcher does: with its flags, and so with the memory that it gives. */
  public static TagwayProcess launch(List<String> args) throws IOException {
    return start(List.of(LAUNCHER_FLAGS), args, Map.of());
  }

  /** Starts it as the launcher does, with one route to a target. */
  public static TagwayProcess launch(String target, String listener) throws IOException {
    return launch(
        List.of(
            "-registry.backend=static",
            "-registry.static.routes=route add a / " + target,
            "-proxy.addr=" + listener,
            "-ui.addr=127.0.0.1:0"));
  }

  /** Starts it as the launcher does, at a Consul in which it does not register itself. */
  public static TagwayProcess launch(ConsulProcess consul) throws IOException {
    return launch(
        List.of(
            "-registry.consul.addr=" + consul.address(),
            "-registry.consul.register.enabled=false",
            "-proxy.addr=127.0.0.1:0",
            "-ui.addr=127.0.0.1:0"));
  }

  /** The packed jar. */
  public static Path jar() {
    return Path.of(System.getProperty("tagway.jar", "target/tagway.jar"));
  }

  /** Starts it from a copy of the jar. */
  public static TagwayProcess start(
      Path jar, List<String> jvm, List<String> args, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    if (LeakAgent.wanted()) {
      command.addAll(LeakAgent.flags(Agent.JAR));
    }
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("CONSUL_"));
    builder.environment().putAll(environment);
    return new TagwayProcess(builder.start());
  }

  /** The port of the first HTTP listener, once it is open. */
  public int proxyPort() {
    return port(PROXY);
  }

  /** The port of the listener at this address of the machine, once it is open. */
  public int proxyPort(String host) {
    return port(Pattern.compile(" proxy listening on " + Pattern.quote(host) + ":(\\d+)$"));
  }

  /** The port of UI and API, once it is open. */
  public int adminPort() {
    return port(ADMIN);
  }

  private int port(Pattern pattern) {
    await(
        "a log line that matches " + pattern,
        () -> {
          if (!process.isAlive() && find(pattern) == 0) {
            throw new IllegalStateException("the process ended:\n" + log());
          }
          return find(pattern) != 0;
        });
    return find(pattern);
  }

  private int find(Pattern pattern) {
    synchronized (stderr) {
      for (String line : stderr) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
          return Integer.parseInt(matcher.group(1));
        }
      }
    }
    return 0;
  }

  /** Waits until a line of the log contains the text. */
  public void awaitLog(String text) {
    await("a log line with " + text, () -> log().contains(text));
  }

  private void await(String what, BooleanSupplier condition) {
    try {
      Eventually.within(START_LIMIT).await(what, condition);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; the log:\n" + log(), e);
    }
  }

  /** Everything on stderr so far. */
  public String log() {
    synchronized (stderr) {
      return String.join("\n", stderr);
    }
  }

  /** Everything on stdout so far. */
  public String output() {
    synchronized (stdout) {
      return String.join("\n", stdout);
    }
  }

  /** Something to do that may fail. */
  @FunctionalInterface
  public interface Step {
    void run() throws IOException;
  }

  /** Does something while nobody takes what the process prints to stdout. */
  public void whileOutputIsHeld(Step step) throws IOException {
    // Who reads it cannot add to the list meanwhile, and so gets no further than its buffers.
    synchronized (stdout) {
      step.run();
    }
  }

  /** The exit status; waits for the end, and for all that was printed. */
  public int exit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + limit + ":\n" + log());
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  /** SIGTERM. */
  public void terminate() {
    checkLeaks();
    // Not Process.destroy(), which closes the streams before the last lines are read.
    process.toHandle().destroy();
  }

  public long pid() {
    return process.pid();
  }

  /** Open file descriptors. */
  public long descriptors() throws IOException {
    return Proc.descriptors(pid());
  }

  /** Resident memory in KiB, from the kernel's accounting. */
  public long residentKib() throws IOException {
    return Proc.residentKib(pid());
  }

  /** Fails if the process has lost something that it did not release. */
  public void checkLeaks() {
    if (!LeakAgent.wanted() || !process.isAlive()) {
      return;
    }
    try {
      LeakAgent.attach(Agent.JAR, pid());
      awaitLog(LeakAgent.LOOKED);
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new AssertionError("cannot look for leaks:\n" + log(), e);
      }
    }
    if (log().contains(LeakAgent.LEAK)) {
      throw new AssertionError("the router leaked:\n" + log());
    }
  }

  @Override
  public void close() {
    try {
      checkLeaks();
    } finally {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  /** Packed once, when the first process is started. */
  private static final class Agent {
    static final Path JAR = LeakAgent.pack();
  }

  private static Thread reader(BufferedReader in, List<String> lines) {
    Thread thread =
        new Thread(
            () -> {
              try (in) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                  lines.add(line);
                }
              } catch (IOException e) {
                lines.add("(the stream broke: " + e + ")");
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
