package io.tagway.route;

/** One place of a flat pattern. */
sealed interface GlobPart {
  GlobPart STAR = new Star();
  GlobPart ANY = new Any();

  /** Whether the character may stand here; a star takes part in matching by another way. */
  boolean takes(int codePoint);

  /** Any run of characters. */
  record Star() implements GlobPart {
    @Override
    public boolean takes(int codePoint) {
      return false;
    }
  }

  /** One character. */
  record Any() implements GlobPart {
    @Override
    public boolean takes(int codePoint) {
      return true;
    }
  }

  /** This character. */
  record Literal(int codePoint) implements GlobPart {
    @Override
    public boolean takes(int other) {
      return other == codePoint;
    }
  }

  /** One of these characters, or none of them. */
  record Listed(String characters, boolean negated) implements GlobPart {
    @Override
    public boolean takes(int codePoint) {
      return characters.indexOf(codePoint) >= 0 != negated;
    }
  }

  /** One from a range, or none of it. */
  record Range(int low, int high, boolean negated) implements GlobPart {
    @Override
    public boolean takes(int codePoint) {
      return (low <= codePoint && codePoint <= high) != negated;
    }
  }
}
