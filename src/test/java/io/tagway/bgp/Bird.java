package io.tagway.bgp;

import io.tagway.testkit.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** BIRD with one protocol {@code tagway}, and what {@code birdc} says. */
final class Bird implements AutoCloseable {
  private final Path dir;
  private final Daemon daemon;

  Bird(Path dir, String protocol) throws IOException {
    this.dir = dir;
    Path config =
        Files.writeString(
            dir.resolve("bird.conf"),
            """
            router id 127.0.0.10;
            protocol device {}
            protocol bgp tagway {
              %s
              ipv4 { import all; export none; };
              ipv6 { import all; export none; };
              hold time 9;
              connect retry time 1;
              error wait time 1, 2;
            }
            """
                .formatted(protocol));
    daemon =
        new Daemon(
            dir.resolve("bird.log"),
            List.of("bird", "-d", "-c", config.toString(), "-s", dir.resolve("ctl").toString()));
  }

  String birdc(String... words) {
    try {
      String[] command = {"birdc", "-s", dir.resolve("ctl").toString(), String.join(" ", words)};
      return Daemon.run(command);
    } catch (IOException e) {
      return e.toString();
    }
  }

  String story() {
    try {
      return birdc("show protocols all tagway") + birdc("show route all") + daemon.log();
    } catch (IOException e) {
      return e.toString();
    }
  }

  void sees(String text) {
    Until.holds(() -> text + " in " + story(), () -> birdc("show route all").contains(text));
  }

  void seesNothing() {
    Until.holds(() -> "no routes in " + story(), () -> !birdc("show route").contains("/"));
  }

  @Override
  public void close() {
    daemon.close();
  }
}
