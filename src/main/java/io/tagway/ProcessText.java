package io.tagway;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said to the process and by it, in UTF-8 whatever the locale: services and containers
 * often have none, and then Java reads and writes ASCII.
 */
final class ProcessText {
  private static final Path SELF = Path.of("/proc/self");

  private ProcessText() {}

  /** Lets both standard outputs write UTF-8. */
  static void install() {
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** The words of the command line; as Java read them where the system does not tell. */
  static List<String> arguments(String[] args) {
    return arguments(List.of(args), SELF.resolve("cmdline"));
  }

  static List<String> arguments(List<String> args, Path commandLine) {
    if (args.stream().allMatch(ProcessText::isAscii)) {
      return args;
    }
    List<String> all = words(commandLine);
    // In front of them stand java and its own flags.
    return all.size() < args.size() ? args : all.subList(all.size() - args.size(), all.size());
  }

  /** The variables; as Java read them where the system does not tell. */
  static Map<String, String> environment() {
    return environment(System.getenv(), SELF.resolve("environ"));
  }

  static Map<String, String> environment(Map<String, String> variables, Path environ) {
    if (variables.values().stream().allMatch(ProcessText::isAscii)) {
      return variables;
    }
    Map<String, String> read = new HashMap<>(variables);
    for (String word : words(environ)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        read.replace(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return read;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** Each ends with a zero byte (proc(5)); none if they cannot be read. */
  private static List<String> words(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == 0) {
        try {
          words.add(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(bytes, from, at - from))
                  .toString());
        } catch (CharacterCodingException e) {
          return List.of();
        }
        from = at + 1;
      }
    }
    return words;
  }
}
