package io.tagway.proxy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which codings a client takes (RFC 9110, section 12.5.3). Pure; any text is a header, and an item
 * that cannot be read counts for nothing.
 */
public final class AcceptEncoding {
  /** {@code codings [ OWS ";" OWS "q=" qvalue ]}, section 12.4.2 for the weight. */
  private static final Pattern ITEM =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]+)"
              + "(?:[ \\t]*;[ \\t]*[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?))?");

  private static final String ANY = "*";
  private static final String IDENTITY = "identity";
  private static final int MOST = 1000;

  /** What was never named. */
  private static final Asked UNASKED = new Asked(0, Integer.MAX_VALUE);

  /** An item of the list: its weight in thousandths, and its place, from 0. */
  private record Asked(int weight, int place) {
    boolean isBefore(Asked other) {
      return weight > other.weight || (weight == other.weight && place < other.place);
    }
  }

  private final Map<String, Asked> asked;

  private AcceptEncoding(Map<String, Asked> asked) {
    this.asked = Map.copyOf(asked);
  }

  /**
   * @param lines the values of all Accept-Encoding lines; none = the client said nothing, and gets
   *     nothing but the plain answer
   */
  public static AcceptEncoding parse(List<String> lines) {
    Map<String, Asked> asked = new HashMap<>();
    for (String line : lines) {
      for (String item : line.split(",")) {
        Matcher matcher = ITEM.matcher(item.strip());
        if (matcher.matches()) {
          asked.put(coding(matcher.group(1)), new Asked(weight(matcher.group(2)), asked.size()));
        }
      }
    }
    return new AcceptEncoding(asked);
  }

  /** {@code x-gzip} is {@code gzip} (section 8.4.1.3). */
  private static String coding(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.equals("x-gzip") ? ContentCoding.GZIP.word() : lower;
  }

  /** In thousandths. */
  private static int weight(@Nullable String q) {
    return q == null ? MOST : (int) Math.round(Double.parseDouble(q) * MOST);
  }

  /**
   * The coding that the client likes best of those offered; of equals the one it names first, so
   * that a client of Fabio's goes on to get gzip. Empty when the answer had better stay plain: none
   * is taken, or plain is liked better. Plain is also the answer to a client that refuses it and
   * everything else, which section 12.5.3 allows.
   *
   * @param offered in the order of our preference, which decides among those that only {@code *}
   *     stands for
   */
  public Optional<ContentCoding> best(List<ContentCoding> offered) {
    int plain = Math.max(1, asked.getOrDefault(IDENTITY, UNASKED).weight());
    Asked most = UNASKED;
    Optional<ContentCoding> best = Optional.empty();
    for (ContentCoding coding : offered) {
      Asked one = asked.getOrDefault(coding.word(), asked.getOrDefault(ANY, UNASKED));
      if (one.weight() >= plain && (best.isEmpty() || one.isBefore(most))) {
        most = one;
        best = Optional.of(coding);
      }
    }
    return best;
  }
}
