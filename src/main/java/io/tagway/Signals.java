package io.tagway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Signals of the operating system. The JDK's only way to them is {@code sun.misc.Signal} in the
 * supported module {@code jdk.unsupported}; it is reached by name because the compiler warns about
 * its package in a way that cannot be silenced.
 */
final class Signals {
  private Signals() {}

  /**
   * Calls the handler, on a thread of the JVM's own, each time the process gets the signal.
   *
   * @param name without {@code SIG}, e.g. {@code TERM}
   * @return false where the platform has no such signal or the JVM keeps it for itself
   */
  static boolean handle(String name, Consumer<String> handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {signalHandler},
              (self, method, args) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      handler.accept(name);
                      yield null;
                    }
                    case "equals" -> self == args[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "handler of SIG" + name;
                  });
      signal
          .getMethod("handle", signal, signalHandler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      return true;
    } catch (InvocationTargetException e) {
      return false;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK lacks sun.misc.Signal", e);
    }
  }
}
