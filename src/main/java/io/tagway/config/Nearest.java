package io.tagway.config;

import io.tagway.route.EditDistance;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The known word that was probably meant. */
final class Nearest {
  private Nearest() {}

  /** The known word with the fewest edits from {@code word}; empty if none is close. */
  static Optional<String> to(String word, Collection<String> known) {
    String written = word.toLowerCase(Locale.ROOT);
    int allowed = Math.max(1, Math.min(4, written.length() / 3));
    Optional<String> best = Optional.empty();
    int fewest = allowed + 1;
    for (String candidate : known) {
      int edits = EditDistance.between(written, candidate.toLowerCase(Locale.ROOT), fewest - 1);
      if (edits < fewest) {
        fewest = edits;
        best = Optional.of(candidate);
      }
    }
    return best;
  }

  /** The question to append to a message, with a leading blank; empty if nothing is close. */
  static String question(String word, Collection<String> known, String prefix) {
    return to(word, known).map(near -> " (did you mean " + prefix + near + "?)").orElse("");
  }
}
