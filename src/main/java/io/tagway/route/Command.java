package io.tagway.route;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of the route language; {@link CommandText} has its grammar. Printing and parsing are
 * inverses, provided that names, sources and destinations are words, tags are trimmed and without
 * comma, and options hold no white space.
 */
public sealed interface Command {
  /** The line, without a newline. */
  String print();

  /**
   * {@code route add}.
   *
   * @param source {@code host/path}, {@code /path}, {@code host} or {@code :port} as written
   * @param destination URL as written
   * @param weight share of the route's traffic, 0 to 1 in common use; 0 = a dynamic share; what is
   *     below 0 becomes 0
   * @param options sorted by name; a flag has an empty value
   */
  record Add(
      String service,
      String source,
      String destination,
      double weight,
      List<String> tags,
      Map<String, String> options)
      implements Command {
    public Add {
      weight = weight <= 0 ? 0 : weight;
      tags = List.copyOf(tags);
      options = sorted(options);
    }

    private static Map<String, String> sorted(Map<String, String> options) {
      if (options.size() < 2) {
        return Map.copyOf(options);
      }
      Map<String, String> sorted = new TreeMap<>(ByteOrder.ASCENDING);
      sorted.putAll(options);
      return Collections.unmodifiableMap(sorted);
    }

    @Override
    public String print() {
      return print(weight > 0 ? WeightText.exact(weight) : "");
    }

    /** The line with this text for the weight; none if it is empty. */
    String print(String weightText) {
      StringBuilder line = new StringBuilder("route add ").append(service);
      line.append(' ').append(source).append(' ').append(destination);
      if (!weightText.isEmpty()) {
        line.append(" weight ").append(weightText);
      }
      if (!tags.isEmpty()) {
        line.append(" tags ").append(Quoted.tags(tags));
      }
      if (!options.isEmpty()) {
        line.append(" opts ").append(Quoted.options(options));
      }
      return line.toString();
    }
  }

  /**
   * {@code route del}: an empty text means any; without service, source and tags it removes
   * nothing.
   */
  record Delete(String service, String source, String destination, List<String> tags)
      implements Command {
    public Delete {
      tags = List.copyOf(tags);
    }

    @Override
    public String print() {
      StringBuilder line = new StringBuilder("route del");
      for (String word : List.of(service, source, destination)) {
        if (!word.isEmpty()) {
          line.append(' ').append(word);
        }
      }
      if (!tags.isEmpty() || service.isEmpty()) {
        line.append(" tags ").append(Quoted.tags(tags));
      }
      return line.toString();
    }
  }

  /**
   * {@code route weight}: the weight is divided among the targets that match; an empty service
   * means any, no tags mean any.
   */
  record Weight(String service, String source, double weight, List<String> tags)
      implements Command {
    public Weight {
      weight = weight == 0 ? 0 : weight; // no -0, which is another number to equals
      tags = List.copyOf(tags);
    }

    @Override
    public String print() {
      StringBuilder line = new StringBuilder("route weight ");
      if (!service.isEmpty()) {
        line.append(service).append(' ');
      }
      line.append(source).append(" weight ").append(WeightText.exact(weight));
      if (!tags.isEmpty() || service.isEmpty()) {
        line.append(" tags ").append(Quoted.tags(tags));
      }
      return line.toString();
    }
  }
}
