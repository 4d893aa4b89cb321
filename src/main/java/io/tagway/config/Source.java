package io.tagway.config;

/**
 * Where a value was written.
 *
 * @param words fit to follow "from"
 */
record Source(Kind kind, String words) {

  /** In the order of precedence. */
  enum Kind {
    COMMAND_LINE,
    ENVIRONMENT,
    FILE,
    DEFAULT
  }

  static final Source COMMAND_LINE = new Source(Kind.COMMAND_LINE, "the command line");
  static final Source DEFAULT = new Source(Kind.DEFAULT, "the default");

  static Source variable(String name) {
    return new Source(Kind.ENVIRONMENT, "the environment variable " + name);
  }

  static Source line(String file, int number) {
    return new Source(Kind.FILE, file + " line " + number);
  }

  boolean explicit() {
    return kind != Kind.DEFAULT;
  }
}
