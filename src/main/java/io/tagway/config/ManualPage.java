package io.tagway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Prints the option table as the manual page tagway(1), and as a completion for bash and zsh. */
public final class ManualPage {
  private static final String BEGINNING =
      """
      .TH TAGWAY 1 "" "Tagway" "User Commands"
      .SH NAME
      tagway \\- route traffic to the healthy services in Consul
      .SH SYNOPSIS
      .B tagway
      .RI [ options ]
      .SH DESCRIPTION
      Forwards HTTP, gRPC and TCP to the instances that services in Consul announce with tags such as
      .BR urlprefix\\-/path .
      It takes the options, tags and overrides of Fabio 1.7.3 and follows every change of the catalog at
      once. Traffic comes in on port 9999, the page of live routes is on port 9998.
      .SH OPTIONS
      Each option can also stand in the environment, with an underscore for each dot and with the prefix
      FABIO_ or without, and in the properties file of
      .BR \\-cfg .
      The command line wins over the environment, and that over the file.
      """;

  private static final String END =
      """
      .SH EXIT STATUS
      .TP
      .B 0
      after a stop by SIGTERM or SIGINT
      .TP
      .B 1
      wrong settings, or something that the router needs could not be had
      .TP
      .B 2
      wrong words on the command line
      .SH ENVIRONMENT
      .TP
      .B TAGWAY_TRANSPORT
      .BR io_uring ,
      .B epoll
      or
      .BR nio ;
      without it the best that is proven
      .TP
      .B TAGWAY_JVM
      further flags for the Java virtual machine
      .TP
      .B TAGWAY_JAVA_HOME
      the Java to use instead of the one that came along
      .SH SIGNALS
      .TP
      .B SIGTERM, SIGINT
      stop after
      .B proxy.deregistergraceperiod
      and
      .BR proxy.shutdownwait ;
      a second one ends at once
      .TP
      .B SIGHUP, SIGUSR1, SIGUSR2
      nothing; a changed configuration needs a restart
      .SH FILES
      .TP
      .B conf/jvm.options
      flags of the Java virtual machine
      .TP
      .B docs/README.md
      the book, in the directory that this came with
      """;

  private ManualPage() {}

  /** Writes {@code tagway.1} and {@code tagway.bash} into a directory, which is there. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    Files.writeString(directory.resolve("tagway.1"), text());
    Files.writeString(directory.resolve("tagway.bash"), completion());
  }

  /** The manual page in the language of man(7). */
  static String text() {
    StringBuilder page = new StringBuilder(BEGINNING);
    for (Section section : Section.values()) {
      page.append(".SS ").append(escaped(section.title())).append('\n');
      OptionTable.options().stream()
          .filter(option -> option.section() == section)
          .forEach(option -> option(page, option));
    }
    return page.append(END).toString();
  }

  private static void option(StringBuilder page, Option option) {
    page.append(".TP\n.BI ").append(escaped("-" + option.name()));
    if (option.type() != OptionType.SWITCH) {
      page.append(" \" ").append(escaped(option.type().title())).append('"');
    }
    page.append('\n').append(escaped(option.inFull())).append('\n');
    String fallback = option.computed().isEmpty() ? option.fallback() : option.computed();
    if (!fallback.isEmpty()) {
      page.append("Default: ").append(escaped(fallback)).append('\n');
    }
  }

  /** A completion for bash, and for zsh with its bashcompinit. */
  static String completion() {
    return AutoComplete.bash("tagway", new CommandLine(Usage.model("tagway")));
  }

  /** A line of text: no macro at its start, nothing that is read as an escape. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
