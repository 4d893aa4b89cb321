package io.tagway.registry;

import io.tagway.route.Parsed;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Where commands come from. Every call and callback is on the registry's thread. */
interface Source {
  /** Takes what a source delivers; each call replaces what the same call brought before. */
  interface Feed {
    /** Other commands for these services; the rest stays. The first call may be empty. */
    void services(Map<String, Parsed> changed);

    /** Routes of instances that are not well, for these services; the rest stays. */
    default void absent(Map<String, List<Absent>> changed) {}

    /** The commands that follow those of the services. */
    void manual(Parsed manual);

    /** The page for requests without a route. */
    void noRouteHtml(String html);
  }

  /** consul, file, static, custom: the word of {@code registry.backend}. */
  String backend();

  /** One try to reach it; tried again until registry.timeout is over. */
  Future<Void> connect();

  /** Begins to deliver; called once, after a good {@link #connect()}. */
  void run(Feed feed, StatusBoard board);

  /** Stops delivering; completes when nothing is open any more. */
  Future<Void> close();

  /** What can be written to it, unless it says otherwise nothing. Called on any event loop. */
  default Overrides overrides() {
    return new NoOverrides();
  }

  /** How the router announces itself there, unless it says otherwise not at all. */
  default Registration registration() {
    return Registration.none();
  }

  /** Called on any thread. */
  default RegistryTraffic traffic() {
    return RegistryTraffic.NONE;
  }
}
