package io.tagway.testkit;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class of tests that leaked (see {@link Leaks}): when it is over everything is collected
 * that nobody holds. Registered for all tests by {@code META-INF/services}.
 */
public final class LeakCheck implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) {
    Leaks.collect();
    List<String> leaks = Leaks.reported();
    if (!leaks.isEmpty()) {
      throw new AssertionError(leaks.size() + " leaked:\n" + String.join("\n\n", leaks));
    }
  }
}
