package io.tagway.testkit;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What was collected before it was released, as Netty's leak detector reports it. Netty makes one
 * detector of this class for each kind of resource (buffers, TLS engines, timers) when the system
 * property {@code io.netty.customResourceLeakDetector} names it.
 */
public final class Leaks<T> extends ResourceLeakDetector<T> {
  // Netty makes the detectors itself and hands them to nobody, so they can only meet here.
  private static final Queue<Leaks<?>> DETECTORS = new ConcurrentLinkedQueue<>();
  private static final Queue<String> REPORTED = new ConcurrentLinkedQueue<>();

  private static final Duration COLLECTION_LIMIT = Duration.ofSeconds(30);

  /** As Netty calls it. */
  public Leaks(Class<?> resource, int samplingInterval) {
    super(resource, samplingInterval);
    DETECTORS.add(this);
  }

  /** The form of older parts of Netty, whose last argument means nothing any more. */
  public Leaks(Class<?> resource, int samplingInterval, long unused) {
    this(resource, samplingInterval);
  }

  @Override
  protected void reportTracedLeak(String resource, String records) {
    REPORTED.add(resource + records);
    super.reportTracedLeak(resource, records);
  }

  @Override
  protected void reportUntracedLeak(String resource) {
    REPORTED.add(resource);
    super.reportUntracedLeak(resource);
  }

  /** What was reported since the last call, each with where it was touched. */
  static List<String> reported() {
    List<String> taken = new ArrayList<>();
    for (String one = REPORTED.poll(); one != null; one = REPORTED.poll()) {
      taken.add(one);
    }
    return taken;
  }

  /** Has everything collected that nobody holds, and every detector look at it. */
  static void collect() {
    // One thread of the JVM hands over all references of a collection in no order: that those of
    // the first are there is certain when one of the second is.
    awaitCollection();
    awaitCollection();
    DETECTORS.forEach(Leaks::look);
  }

  private static void awaitCollection() {
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    PhantomReference<Object> canary = new PhantomReference<>(new Object(), collected);
    Eventually.within(COLLECTION_LIMIT)
        .await(
            "a garbage collection",
            () -> {
              System.gc();
              return collected.poll() == canary;
            });
  }

  /** A detector looks at what was collected whenever it has something new to track. */
  @SuppressWarnings("unchecked")
  private void look() {
    T something = (T) new Object();
    ResourceLeakTracker<T> tracker = track(something);
    if (tracker != null) {
      tracker.close(something);
    }
  }
}
