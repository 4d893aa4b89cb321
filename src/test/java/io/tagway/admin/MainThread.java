package io.tagway.admin;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tasks of a page's main thread, as Chromium's own trace tells them. It knows the processor
 * time of each, which other work of the machine does not lengthen.
 */
final class MainThread {
  private MainThread() {}

  /** The longest task while something was done, in milliseconds. */
  record Longest(double processor, double wallClock) {}

  static Longest during(Browser browser, Page page, Runnable work) {
    browser.startTracing(
        page, new Browser.StartTracingOptions().setCategories(List.of("toplevel")));
    byte[] trace;
    try {
      work.run();
    } finally {
      trace = browser.stopTracing(); // the next one could not begin otherwise
    }
    JsonArray events = new JsonObject(Buffer.buffer(trace)).getJsonArray("traceEvents");
    Set<String> threads =
        events.stream()
            .map(JsonObject.class::cast)
            .filter(event -> event.getString("name").equals("thread_name"))
            .filter(event -> event.getJsonObject("args").getString("name").equals("CrRendererMain"))
            .map(MainThread::thread)
            .collect(Collectors.toSet());
    List<JsonObject> tasks =
        events.stream()
            .map(JsonObject.class::cast)
            .filter(event -> event.getString("name").endsWith("::RunTask"))
            .filter(event -> threads.contains(thread(event)))
            .toList();
    if (tasks.isEmpty()) {
      throw new IllegalStateException("the trace has no task of the page");
    }
    return new Longest(longest(tasks, "tdur"), longest(tasks, "dur"));
  }

  private static String thread(JsonObject event) {
    return event.getInteger("pid") + "/" + event.getInteger("tid");
  }

  private static double longest(List<JsonObject> tasks, String duration) {
    return tasks.stream().mapToDouble(task -> task.getDouble(duration, 0.0)).max().orElse(0) / 1000;
  }
}
