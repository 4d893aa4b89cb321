package io.tagway.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.chaos.RollingDeploy.Result;
import io.tagway.chaos.RollingDeploy.Way;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A deploy costs no request, whether the old instances go in order or die. */
class RollingDeployIT {
  private static final int REPLACED = 4;

  @ParameterizedTest
  @EnumSource(Way.class)
  void noGetFails(Way way) throws Exception {
    try (RollingDeploy deploy = new RollingDeploy()) {
      Result result = deploy.run(way, REPLACED);
      assertEquals(0, result.failed(), result::toString);
      assertTrue(result.requests() > 1_000, result::toString);
    }
  }
}
