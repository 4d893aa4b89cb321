package io.tagway.proxy;

/** Is told what became of each request, once, on the event loop that served it. Must not block. */
@FunctionalInterface
public interface Observer {
  /** Nobody listens; requests are then not even timed. */
  Observer NONE = outcome -> {};

  void told(Outcome outcome);
}
