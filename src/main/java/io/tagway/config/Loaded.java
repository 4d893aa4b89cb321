package io.tagway.config;

import java.util.List;

/** What reading the configuration led to. */
public sealed interface Loaded {
  /**
   * Go on with these settings.
   *
   * @param warnings to be logged once, each a whole sentence
   * @param dump the JSON object of /api/config, four-blank indent, secrets masked
   */
  record Start(Settings settings, List<String> warnings, String dump) implements Loaded {}

  /** End now: print these texts (each may be empty) and exit with the status. */
  record Exit(int status, String stdout, String stderr) implements Loaded {}
}
