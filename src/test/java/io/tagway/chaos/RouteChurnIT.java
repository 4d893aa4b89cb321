package io.tagway.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.chaos.RouteChurn.Result;
import org.junit.jupiter.api.Test;

/** What came with a table goes with it. */
class RouteChurnIT {
  /** Caches and code that was compiled meanwhile; 500 tables that stay need more. */
  private static final long HEAP_KIB = 4 << 10;

  private static final long DIRECT_KIB = 8 << 10;

  @Test
  void nothingIsLeftOfManyChanges() throws Exception {
    try (RouteChurn churn = new RouteChurn()) {
      Result result = churn.run(500, 200);
      assertEquals(0, result.after().strays(), result::toString);
      assertTrue(result.after().kept() > 0, result::toString);
      assertEquals(result.before().series(), result.after().series(), result::toString);
      assertTrue(result.after().descriptors() <= result.before().descriptors(), result::toString);
      assertTrue(result.after().heapKib() < result.before().heapKib() + HEAP_KIB, result::toString);
      assertTrue(
          result.after().directKib() < result.before().directKib() + DIRECT_KIB, result::toString);
      assertEquals(0, result.failures().get("stays"), result::toString);
      assertEquals(0, result.failures().get("moves"), result::toString);
    }
  }
}
