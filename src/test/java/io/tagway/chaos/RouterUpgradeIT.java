package io.tagway.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.chaos.RouterUpgrade.Result;
import org.junit.jupiter.api.Test;

/** A router that takes over from another one on the same ports costs no request. */
class RouterUpgradeIT {
  @Test
  void noGetFailsAndTheRegistrationStays() throws Exception {
    try (RouterUpgrade upgrade = new RouterUpgrade()) {
      Result result = upgrade.run(2, 500, 100);
      assertEquals(0, result.failed(), result::toString);
      assertEquals(0, result.unregistered(), result::toString);
      assertTrue(result.kept() > 1_000, result::toString);
    }
  }
}
