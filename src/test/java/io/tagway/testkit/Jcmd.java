package io.tagway.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM says of itself to the JDK's {@code jcmd}. */
public final class Jcmd {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern OTHER =
      Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB");

  private final long pid;

  public Jcmd(long pid) {
    this.pid = pid;
  }

  /** Collects garbage; twice, for what is freed by what was freed first. */
  public void collect() throws IOException, InterruptedException {
    ask("GC.run_finalization");
    ask("GC.run");
    ask("GC.run");
  }

  /** The heap in use, all generations together. */
  public long heapKib() throws IOException, InterruptedException {
    long sum = 0;
    for (String line : ask("GC.heap_info").split("\n")) {
      Matcher used = USED.matcher(line);
      // The parts of a generation are told again, each on a line of its own, in per cent.
      if (used.find() && !line.contains("Metaspace") && !line.contains("class space")) {
        sum += Long.parseLong(used.group(1));
      }
    }
    return sum;
  }

  /** Memory outside the heap that Java code asked for; needs native memory tracking. */
  public long otherKib() throws IOException, InterruptedException {
    Matcher other = OTHER.matcher(ask("VM.native_memory", "summary"));
    if (!other.find()) {
      throw new IOException("no native memory tracking");
    }
    return Long.parseLong(other.group(1));
  }

  private String ask(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(pid));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(out);
    }
    return out;
  }
}
