package io.tagway.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code route add} made ready: checked, and everything in it worked out, once. Also keeps what
 * cannot be used, so that it is told as long as somebody announces it.
 */
final class Claim {
  /**
   * A command that can be carried out.
   *
   * @param identity of two commands with the same one the second changes nothing
   * @param glob the path as a pattern; null unless the matcher is glob
   */
  record Ready(Identity identity, Endpoint endpoint, HostKey host, @Nullable Glob glob) {
    static final Ready NONE =
        new Ready(new Identity("", "", List.of(), 0), Endpoint.NONE, HostKey.ANY, null);
  }

  /** The weight is the announced one, whatever a weight command has made of it since. */
  record Identity(String service, String destination, List<String> tags, double weight) {}

  private final Line line;
  private final Command.Add add;
  private final Source source;
  private final @Nullable Ready ready;
  private final List<Problem> problems;

  private Claim(
      Line line, Command.Add add, Source source, @Nullable Ready ready, List<Problem> problems) {
    this.line = line;
    this.add = add;
    this.source = source;
    this.ready = ready;
    this.problems = List.copyOf(problems);
  }

  /** Reads the command of a line. */
  static Claim of(Line line, Command.Add add, Place place, Table.Options options) {
    List<Problem> problems = new ArrayList<>(0);
    AccessRules access = AccessRules.CLOSED;
    try {
      access = AccessRules.of(add.options());
    } catch (Unfit unfit) {
      problems.add(unfit.at(line.origin(), add.print()));
    }
    Ready ready = null;
    try {
      ready = ready(add, place, access, options);
    } catch (Unfit unfit) {
      problems.add(unfit.at(line.origin(), add.print()));
    }
    return new Claim(line, add, place.source(), ready, problems);
  }

  private static @Nullable Ready ready(
      Command.Add add, Place place, AccessRules access, Table.Options options) throws Unfit {
    if (place.unfit() != null) {
      throw place.unfit();
    }
    Endpoint endpoint = Endpoint.of(add, options.matcher(), access);
    double weight = WeightText.checked(add.weight());
    Identity identity = new Identity(add.service(), endpoint.text(), add.tags(), weight);
    return place.host() == null ? null : new Ready(identity, endpoint, place.host(), place.glob());
  }

  /**
   * The order of services' commands: as whole lines in descending byte order; what looks the same,
   * by where it came from. The text of a line is put together only where its first words leave the
   * order open.
   */
  static int order(Claim a, Claim b) {
    int order = ByteOrder.compare(b.add.service(), a.add.service());
    order = order != 0 ? order : ByteOrder.compare(b.add.source(), a.add.source());
    order = order != 0 ? order : ByteOrder.compare(b.add.destination(), a.add.destination());
    if (order != 0 || a.line.equals(b.line)) {
      return order;
    }
    order = ByteOrder.compare(b.add.print(), a.add.print());
    return order != 0 ? order : Origin.ORDER.compare(a.line.origin(), b.line.origin());
  }

  Line line() {
    return line;
  }

  Command.Add add() {
    return add;
  }

  Origin origin() {
    return line.origin();
  }

  Source source() {
    return source;
  }

  /** The command; null if it cannot be carried out. */
  @Nullable Ready ready() {
    return ready;
  }

  List<Problem> problems() {
    return problems;
  }
}
