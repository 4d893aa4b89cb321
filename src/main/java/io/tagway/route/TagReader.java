package io.tagway.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads one route tag of an instance. */
final class TagReader {
  /** Options that keep somebody out: without them the route must not exist. */
  private static final Set<String> GUARDS = Set.of("allow", "deny", "auth");

  private final Instance instance;
  private final List<String> tags;
  private final Variables variables;
  private final List<Unfit> complaints = new ArrayList<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private String destination;
  private double weight;

  TagReader(Instance instance, List<String> tags, Variables variables) {
    this.instance = instance;
    this.tags = tags;
    this.variables = variables;
    this.destination = "http://" + address() + "/";
  }

  /** What was left out of the command. */
  List<Unfit> complaints() {
    return complaints;
  }

  /** Reads what stands behind the prefix, trimmed. */
  Command.Add command(String text) throws Unfit {
    int end = WhiteSpace.firstIn(text);
    String source = source(text.substring(0, end));
    for (String option : WhiteSpace.fields(text.substring(end))) {
      int cut = option.indexOf('=');
      read(
          option,
          cut < 0 ? option : option.substring(0, cut),
          cut < 0 ? "" : option.substring(cut + 1));
    }
    return new Command.Add(instance.service(), source, destination, weight, tags, options);
  }

  private String source(String text) throws Unfit {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    // Without a source the first option stands in its place.
    if (text.isEmpty() || (host.indexOf('=') >= 0 && !text.startsWith(":"))) {
      throw new Unfit("route tag without a source", "host/path, /path, host or :port");
    }
    if (slash < 0 || text.startsWith(":")) {
      return text;
    }
    return variables.expand(host).toLowerCase(Locale.ROOT)
        + variables.expand(text.substring(slash));
  }

  private void read(String option, String name, String value) throws Unfit {
    if (option.indexOf('"') >= 0 || option.chars().anyMatch(Character::isISOControl)) {
      Unfit unfit = new Unfit("option " + option + " with a quote", "options without quotes");
      if (GUARDS.contains(name)) {
        throw unfit;
      }
      complaints.add(unfit);
      return;
    }
    switch (name) {
      case "proto" -> proto(value);
      case "weight" -> weight(value);
      case "redirect" -> redirect(option, value);
      default -> options.put(name, value);
    }
  }

  private void proto(String value) {
    switch (value) {
      case "tcp", "https", "grpc", "grpcs" -> destination = value + "://" + address();
      case "http" -> {
        destination = "http://" + address() + "/";
        options.put("proto", value);
      }
      default -> options.put("proto", value);
    }
  }

  private void weight(String value) {
    try {
      weight = value.isEmpty() ? weight : WeightText.parse(value);
    } catch (Unfit unfit) {
      complaints.add(unfit);
    }
  }

  private void redirect(String option, String value) throws Unfit {
    int comma = value.indexOf(',');
    if (comma < 0 || comma + 1 == value.length()) {
      throw new Unfit(
          "Invalid syntax for redirect: " + option + ". should be redirect=<code>,<url>",
          "redirect=<code>,<url>");
    }
    destination = value.substring(comma + 1);
    options.put("redirect", value.substring(0, comma));
  }

  private String address() {
    String address = instance.address().isEmpty() ? instance.nodeAddress() : instance.address();
    boolean v6 = address.indexOf(':') >= 0 && !address.startsWith("[");
    return (v6 ? "[" + address + "]" : address) + ":" + instance.port();
  }
}
