package io.tagway.bgp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real gobgpd with one neighbor, and what {@code gobgp} says of it. */
final class Gobgpd implements AutoCloseable {
  static final String ADDRESS = "127.0.0.9";

  /**
   * How it differs from case to case.
   *
   * @param neighbor its lines below {@code [neighbors.config]}
   * @param more further lines of the neighbor
   */
  record Setup(long asn, String address, String neighbor, String more) {
    static Setup external() {
      return new Setup(
          65001, ADDRESS, "neighbor-address = \"127.0.0.2\"\npeer-as = 65000\n", passive());
    }

    static String passive() {
      return "[neighbors.transport.config]\npassive-mode = true\n";
    }

    Setup with(String neighborLines, String moreLines) {
      return new Setup(asn, address, neighbor + neighborLines, moreLines);
    }
  }

  private final Path dir;
  private final Path config;
  private final int port;
  private final int api;
  private Daemon daemon;

  Gobgpd(Path dir, Setup setup) throws IOException {
    this(dir, setup, Daemon.freePort(setup.address()));
  }

  Gobgpd(Path dir, Setup setup, int port) throws IOException {
    this.dir = dir;
    this.port = port;
    this.api = Daemon.freePort("127.0.0.1");
    this.config =
        Files.writeString(
            dir.resolve("gobgpd.toml"),
            """
            [global.config]
            as = %d
            router-id = "127.0.0.9"
            port = %d
            local-address-list = ["%s"]
            [[neighbors]]
            [neighbors.config]
            %s
            [neighbors.timers.config]
            hold-time = 6
            connect-retry = 1
            %s
            [[neighbors.afi-safis]]
            [neighbors.afi-safis.config]
            afi-safi-name = "ipv4-unicast"
            [[neighbors.afi-safis]]
            [neighbors.afi-safis.config]
            afi-safi-name = "ipv6-unicast"
            """
                .formatted(setup.asn(), port, setup.address(), setup.neighbor(), setup.more()));
    this.daemon = start();
  }

  private Daemon start() throws IOException {
    return new Daemon(
        dir.resolve("gobgpd.log"),
        List.of(
            "gobgpd",
            "-f",
            config.toString(),
            "-l",
            "debug",
            "--api-hosts",
            "127.0.0.1:" + api,
            "--pprof-disable"));
  }

  int port() {
    return port;
  }

  /** Kills it and starts it again. */
  void restart() throws IOException {
    daemon.close();
    daemon = start();
  }

  Daemon daemon() {
    return daemon;
  }

  /** The routes of a family, as JSON; {@code {}} when there are none. */
  String routes(String family) {
    return gobgp("global", "rib", "-a", family, "-j");
  }

  /** The neighbors with their states, as JSON. */
  String neighbors() {
    return gobgp("neighbor", "-j");
  }

  String gobgp(String... words) {
    String[] command = new String[words.length + 5];
    List.of("gobgp", "-u", "127.0.0.1", "-p", String.valueOf(api)).toArray(command);
    System.arraycopy(words, 0, command, 5, words.length);
    try {
      return Daemon.run(command);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** For the text of a failure. */
  String story() {
    try {
      return routes("ipv4") + routes("ipv6") + neighbors() + "\n" + daemon.log();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    daemon.close();
  }
}
