package io.tagway.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What the Java machine and the operating system say of this process. The names are those that
 * Prometheus's own client libraries give.
 */
public final class RuntimeMeters {
  private static final double NANOS = 1e9;

  private RuntimeMeters() {}

  /** Adds them all; they are read when they are asked for. */
  public static void add(Meters meters) {
    memory(meters);
    collectors(meters);
    buffers(meters);
    process(meters);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    gauge(meters, "jvm.threads.current", "Live threads.", threads::getThreadCount);
  }

  private static void memory(Meters meters) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    areas(meters, "jvm.memory.used.bytes", "Memory in use.", memory, MemoryUsage::getUsed);
    areas(meters, "jvm.memory.committed.bytes", "Memory taken.", memory, MemoryUsage::getCommitted);
    areas(
        meters,
        "jvm.memory.max.bytes",
        "Memory that may be taken; absent without a limit.",
        memory,
        MemoryUsage::getMax);
  }

  private static void areas(
      Meters meters,
      String name,
      String help,
      MemoryMXBean memory,
      ToLongFunction<MemoryUsage> value) {
    Family family = Family.gauge(name, help, "area");
    meters.gauge(family, () -> known(value.applyAsLong(memory.getHeapMemoryUsage())), "heap");
    meters.gauge(family, () -> known(value.applyAsLong(memory.getNonHeapMemoryUsage())), "nonheap");
  }

  private static void collectors(Meters meters) {
    Family time = Family.counter("jvm.gc.pause.seconds.total", "Time of garbage collection.", "gc");
    Family count = Family.counter("jvm.gc.pauses.total", "Garbage collections.", "gc");
    collect(meters, time, gc -> gc.getCollectionTime() / 1e3);
    collect(meters, count, gc -> (double) gc.getCollectionCount());
  }

  private static void collect(
      Meters meters, Family family, ToDoubleFunction<GarbageCollectorMXBean> value) {
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    meters.collect(
        family,
        () ->
            collectors.stream()
                .map(gc -> Meters.Sample.of(value.applyAsDouble(gc), gc.getName()))
                .toList());
  }

  private static void buffers(Meters meters) {
    Family used = Family.gauge("jvm.buffer.pool.used.bytes", "Memory of buffers.", "pool");
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      meters.gauge(used, () -> known(pool.getMemoryUsed()), pool.getName());
    }
  }

  private static void process(Meters meters) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    gauge(
        meters,
        "process.start.time.seconds",
        "Start of the process since 1970.",
        () -> runtime.getStartTime() / 1e3);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      meters.collect(
          Family.counter("process.cpu.seconds.total", "Processor time of the process."),
          () -> List.of(Meters.Sample.of(system.getProcessCpuTime() / NANOS)));
      gauge(
          meters,
          "process.open.fds",
          "Open file descriptors.",
          () -> known(system.getOpenFileDescriptorCount()));
      gauge(
          meters,
          "process.max.fds",
          "File descriptors that may be open.",
          () -> known(system.getMaxFileDescriptorCount()));
    }
    gauge(
        meters,
        "process.resident.memory.bytes",
        "Memory that the process occupies.",
        ResidentMemory::bytes);
  }

  private static void gauge(Meters meters, String name, String help, DoubleSupplier value) {
    meters.gauge(Family.gauge(name, help), value);
  }

  private static double known(long value) {
    return value < 0 ? Double.NaN : (double) value;
  }
}
