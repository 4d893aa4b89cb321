package io.tagway.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The check that all tests are under can fail. */
class LeaksTest {
  @Test
  void aBufferThatNobodyReleasedIsReportedWithItsPlace() {
    leak();
    Leaks.collect();
    List<String> reported = Leaks.reported();
    assertEquals(1, reported.size(), () -> String.join("\n", reported));
    assertTrue(reported.get(0).contains("LeaksTest.leak"), reported.get(0));
  }

  @Test
  void aBufferThatWasReleasedIsNot() {
    ByteBufAllocator.DEFAULT.buffer(16).writeInt(1).release();
    Leaks.collect();
    assertEquals(List.of(), Leaks.reported());
  }

  private static void leak() {
    ByteBufAllocator.DEFAULT.buffer(16).writeInt(1);
  }
}
