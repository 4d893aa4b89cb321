package io.tagway.metrics;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/**
 * Memory of this process.
 *
 * @param heapBytes in use by objects, garbage included
 * @param heapMaxBytes that objects may take at most; below 0 without a limit
 * @param directBytes of buffers outside the heap
 * @param residentBytes that the process occupies; below 0 where the system does not tell
 */
public record ProcessMemory(
    long heapBytes, long heapMaxBytes, long directBytes, long residentBytes) {
  /** As it stands; reads a file, hence not for an event loop. */
  public static ProcessMemory now() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    double resident = ResidentMemory.bytes();
    return new ProcessMemory(
        heap.getUsed(), heap.getMax(), direct(), Double.isNaN(resident) ? -1 : (long) resident);
  }

  /** The machine does not count those that Netty takes by itself. */
  private static long direct() {
    long counted =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return counted + Math.max(0, PlatformDependent.usedDirectMemory());
  }
}
