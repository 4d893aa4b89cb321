package io.tagway.admin;

import io.tagway.proxy.Rehearsal.Ask;
import io.tagway.proxy.Rehearsal.Course;
import io.tagway.proxy.Rehearsal.Ending;
import io.tagway.proxy.Rehearsal.Fate;
import io.tagway.proxy.Rehearsal.Part;
import io.tagway.route.AccessCause;
import io.tagway.route.Explanation;
import io.tagway.route.Explanation.HostOutcome;
import io.tagway.route.Explanation.HostStep;
import io.tagway.route.PathMatcher;
import io.tagway.route.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in a sentence or two what becomes of a request, and why. */
final class TryWords {
  private static final int MOST_NAMES = 3;

  private final Course course;
  private final String request;

  private TryWords(Ask ask, Course course) {
    this.course = course;
    String host =
        ask.headers().stream()
            .filter(line -> line.name().equalsIgnoreCase("Host"))
            .map(line -> line.value())
            .findFirst()
            .orElse("");
    this.request =
        ask.method()
            + " "
            + (ask.tls() ? "https://" : "")
            + (ask.target().startsWith("/") ? host + ask.target() : ask.target());
  }

  static String verdict(Ask ask, Course course) {
    return new TryWords(ask, course).verdict();
  }

  private String verdict() {
    if (course.fate().isPresent()) {
      Fate fate = course.fate().get();
      return fate.ending() == Ending.NO_ROUTE
          ? request + " has no route and is answered with " + fate.status() + ": " + noRoute() + "."
          : request
              + " is answered with "
              + fate.status()
              + (fate.detail().isEmpty() ? "" : ": " + fate.detail())
              + ".";
    }
    List<Ending> endings =
        course.parts().stream().map(part -> part.fate().ending()).distinct().toList();
    String said = endings.size() == 1 ? alike(course.parts().get(0)) : mixed();
    List<String> schemes =
        course.parts().stream().map(Part::authScheme).filter(s -> !s.isEmpty()).distinct().toList();
    return schemes.isEmpty()
        ? said
        : said
            + " First it has to show credentials for "
            + names(schemes)
            + ": without them the answer is 401.";
  }

  /** All targets do the same. */
  private String alike(Part first) {
    return switch (first.fate().ending()) {
      case FORWARD -> request + " goes to " + services() + ": " + why() + ".";
      case REDIRECT ->
          "%s is redirected with %d to %s: %s."
              .formatted(request, first.fate().status(), first.fate().detail(), why());
      case DENIED ->
          "%s is refused with %d: %s. The route was found because %s."
              .formatted(request, first.fate().status(), denied(first), why());
      case UNFIT_TARGET ->
          "%s is answered with %d: its target is %s, and no HTTP request can be sent to that. The route was found because %s."
              .formatted(request, first.fate().status(), first.target().destination(), why());
      case NO_ROUTE, REFUSED -> request + " is answered with " + first.fate().status() + ".";
    };
  }

  private String mixed() {
    String all =
        course.parts().stream()
            .collect(Collectors.groupingBy(part -> part.fate().ending(), Collectors.counting()))
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getValue() + " " + does(entry.getKey()))
            .collect(Collectors.joining(", "));
    return "What becomes of %s depends on the target whose turn it is (%s): %s."
        .formatted(request, all, why());
  }

  private static String does(Ending ending) {
    return switch (ending) {
      case FORWARD -> "would get it";
      case REDIRECT -> "would redirect it";
      case DENIED -> "would refuse it";
      case UNFIT_TARGET, REFUSED, NO_ROUTE -> "could not take it";
    };
  }

  private String services() {
    List<String> services =
        course.parts().stream().map(part -> part.target().service()).distinct().toList();
    int targets = course.parts().size();
    return (services.size() == 1 ? "service " : "services ")
        + names(services)
        + (targets == 1 ? "" : ", " + targets + " targets");
  }

  private static String names(List<String> names) {
    return names.size() <= MOST_NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMES))
            + " and "
            + (names.size() - MOST_NAMES)
            + " more";
  }

  /** Why this route. */
  private String why() {
    Explanation lookup = course.lookup().orElseThrow();
    Route route = lookup.route().orElseThrow();
    HostStep won =
        lookup.hosts().stream()
            .filter(step -> step.outcome() == HostOutcome.WON)
            .findFirst()
            .orElseThrow();
    return among(lookup, won) + ", " + route.path() + " " + best(lookup.matcher());
  }

  private static String among(Explanation lookup, HostStep won) {
    if (won.key().isEmpty()) {
      boolean others = lookup.hosts().stream().anyMatch(TryWords::fitted);
      return (others ? "no path of a host that fits does, and " : "no route is for its host, and ")
          + "among the routes without a host";
    }
    return won.pattern()
        ? "among the routes of " + won.key() + ", the closest pattern that fits"
        : "among the routes of " + won.key();
  }

  private static boolean fitted(HostStep step) {
    return step.outcome() == HostOutcome.NO_PATH || step.outcome() == HostOutcome.LOOPS;
  }

  private static String best(PathMatcher matcher) {
    return switch (matcher) {
      case PREFIX -> "is the longest path that fits";
      case IPREFIX -> "is the longest path that fits in small or capital letters";
      case GLOB -> "is the first pattern that fits";
    };
  }

  private String noRoute() {
    if (course.lookup().isEmpty()) {
      return "only a request with a path can have one";
    }
    List<HostStep> hosts = course.lookup().get().hosts();
    if (hosts.stream().anyMatch(step -> step.outcome() == HostOutcome.LOOPS)) {
      return "the route that fits would redirect it to where it came from";
    }
    List<String> tried =
        hosts.stream()
            .filter(TryWords::fitted)
            .map(step -> step.key().isEmpty() ? "the routes without a host" : step.key())
            .toList();
    List<String> near = course.lookup().get().nearHosts();
    boolean isKnown = hosts.stream().anyMatch(step -> fitted(step) && !step.key().isEmpty());
    return (isKnown ? "" : "no route is for its host" + (tried.isEmpty() ? "" : ", and "))
        + (tried.isEmpty() ? "" : "no path of " + names(tried) + " fits")
        + (near.isEmpty() ? "" : ". Close to its host the table has " + names(near));
  }

  private static String denied(Part part) {
    AccessCause cause = part.access();
    if (!cause.item().isEmpty()) {
      return "%s is in %s of %s".formatted(cause.address(), cause.item(), cause.rules());
    }
    return cause.rules().startsWith("allow=") && !cause.rules().contains(" ")
        ? "%s is in none of %s".formatted(cause.address(), cause.rules())
        : "%s cannot be judged by %s".formatted(cause.address(), cause.rules());
  }
}
