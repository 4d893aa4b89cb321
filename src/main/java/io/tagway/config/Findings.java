package io.tagway.config;

import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong or odd about a configuration, in the order it was found. */
final class Findings {
  private final List<String> usageErrors = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /** The command line cannot be understood; the process ends with 2. */
  void usage(String error) {
    usageErrors.add(error);
  }

  /** The configuration cannot be used; the process ends with 1. */
  void fault(String message) {
    faults.add(message);
  }

  /** Something has no effect or is probably not meant; the process goes on. */
  void warn(String sentence) {
    if (!warnings.contains(sentence)) {
      warnings.add(sentence);
    }
  }

  boolean fatal() {
    return !usageErrors.isEmpty() || !faults.isEmpty();
  }

  List<String> usageErrors() {
    return List.copyOf(usageErrors);
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }
}
