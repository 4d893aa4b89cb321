package io.tagway.config;

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
      if (Math.abs(candidate.length() - written.length()) >= fewest) {
        continue;
      }
      int edits = edits(written, candidate.toLowerCase(Locale.ROOT));
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

  /** Levenshtein distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
