package io.tagway.admin;

import static io.tagway.admin.TableJson.list;
import static io.tagway.admin.TableJson.text;

import io.netty.util.NetUtil;
import io.tagway.proxy.Rehearsal.Ask;
import io.tagway.proxy.Rehearsal.Course;
import io.tagway.proxy.Rehearsal.Fate;
import io.tagway.proxy.Rehearsal.HeaderLine;
import io.tagway.proxy.Rehearsal.Part;
import io.tagway.proxy.Rehearsal.Sent;
import io.tagway.route.AccessCause;
import io.tagway.route.Explanation;
import io.tagway.route.Explanation.HostStep;
import io.tagway.route.Explanation.PathStep;
import io.tagway.route.Route;
import io.tagway.route.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The answer of {@code /api/try}; docs/ui.md describes it. */
final class TryJson {
  private TryJson() {}

  static String of(Ask ask, Course course) {
    StringBuilder out = new StringBuilder();
    text(out.append('{'), "verdict", TryWords.verdict(ask, course));
    text(out.append(','), "ending", ending(course));
    out.append(",\"status\":").append(status(course));
    request(out.append(",\"request\":"), ask);
    course.lookup().ifPresent(lookup -> lookup(out.append(",\"lookup\":"), lookup));
    Optional<Route> route = course.lookup().flatMap(Explanation::route);
    route.ifPresent(found -> route(out.append(",\"route\":"), course, found));
    list(out.append(",\"targets\":"), course.parts(), (to, part) -> part(to, ask, part));
    return out.append('}').toString();
  }

  private static String ending(Course course) {
    List<String> endings = fates(course).stream().map(TryJson::word).distinct().toList();
    return endings.size() == 1 ? endings.get(0) : "mixed";
  }

  private static int status(Course course) {
    List<Integer> statuses = fates(course).stream().map(Fate::status).distinct().toList();
    return statuses.size() == 1 ? statuses.get(0) : 0;
  }

  private static List<Fate> fates(Course course) {
    return course.fate().isPresent()
        ? List.of(course.fate().get())
        : course.parts().stream().map(Part::fate).toList();
  }

  private static String word(Fate fate) {
    return word(fate.ending());
  }

  /** As the page knows it: {@code no-route}. */
  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void request(StringBuilder out, Ask ask) {
    text(out.append('{'), "method", ask.method());
    out.append(",\"tls\":").append(ask.tls());
    text(out.append(','), "target", ask.target());
    text(out.append(','), "client", NetUtil.toAddressString(ask.client()));
    list(out.append(",\"headers\":"), ask.headers(), TryJson::line);
    out.append('}');
  }

  private static void line(StringBuilder out, HeaderLine line) {
    text(out.append('{'), "name", line.name());
    text(out.append(','), "value", line.value());
    out.append('}');
  }

  private static void lookup(StringBuilder out, Explanation lookup) {
    text(out.append('{'), "host", lookup.host());
    text(out.append(','), "path", lookup.path());
    text(out.append(','), "matcher", word(lookup.matcher()));
    list(out.append(",\"hosts\":"), lookup.hosts(), TryJson::host);
    list(out.append(",\"nearHosts\":"), lookup.nearHosts(), GoJson::string);
    out.append(",\"moreHosts\":").append(lookup.moreHosts()).append('}');
  }

  private static void host(StringBuilder out, HostStep step) {
    text(out.append('{'), "host", step.key());
    out.append(",\"pattern\":").append(step.pattern());
    text(out.append(','), "outcome", word(step.outcome()));
    list(out.append(",\"paths\":"), step.paths(), TryJson::path);
    out.append(",\"morePaths\":").append(step.morePaths()).append('}');
  }

  private static void path(StringBuilder out, PathStep step) {
    text(out.append('{'), "path", step.route().path());
    text(out.append(','), "outcome", word(step.outcome()));
    list(out.append(",\"services\":"), services(step.route()), GoJson::string);
    out.append('}');
  }

  private static List<String> services(Route route) {
    return route.targets().stream().map(Target::service).distinct().limit(5).toList();
  }

  private static void route(StringBuilder out, Course course, Route route) {
    text(out.append('{'), "host", route.host());
    text(out.append(','), "path", route.path());
    text(
        out.append(','),
        "strategy",
        course.lookup().map(lookup -> word(lookup.strategy())).orElse(""));
    out.append(",\"targets\":").append(route.targets().size());
    out.append(",\"looping\":");
    out.append(course.lookup().map(lookup -> lookup.looping().size()).orElse(0)).append('}');
  }

  private static void part(StringBuilder out, Ask ask, Part part) {
    Target target = part.target();
    text(out.append('{'), "service", target.service());
    text(out.append(','), "dst", target.destination());
    GoJson.number(out.append(",\"weight\":"), target.weight());
    list(out.append(",\"tags\":"), target.tags(), GoJson::string);
    TableJson.origin(out.append(",\"origin\":"), target.origin());
    boolean next =
        target.route().targets().size() > 1
            && target.route().upNext().filter(target::equals).isPresent();
    out.append(",\"next\":").append(next);
    access(out.append(",\"access\":"), part.access());
    text(out.append(','), "auth", part.authScheme());
    text(out.append(','), "ending", word(part.fate()));
    out.append(",\"status\":").append(part.fate().status());
    text(out.append(','), "detail", part.fate().detail());
    part.sent().ifPresent(sent -> sent(out.append(",\"sent\":"), ask, sent));
    out.append('}');
  }

  private static void access(StringBuilder out, AccessCause cause) {
    text(out.append('{'), "rules", cause.rules());
    out.append(",\"admitted\":").append(cause.admitted());
    text(out.append(','), "address", cause.address());
    text(out.append(','), "item", cause.item());
    out.append('}');
  }

  private static void sent(StringBuilder out, Ask ask, Sent sent) {
    HeaderChanges changes = HeaderChanges.between(ask.headers(), sent.lines());
    text(out.append('{'), "url", sent.url());
    text(out.append(','), "address", sent.address());
    text(out.append(','), "serverName", sent.serverName());
    out.append(",\"http2\":").append(sent.http2());
    text(out.append(','), "start", sent.start());
    String start = ask.method() + ' ' + ask.target() + " HTTP/1.1";
    text(out.append(','), "startWas", sent.http2() || start.equals(sent.start()) ? "" : start);
    list(out.append(",\"lines\":"), changes.sent(), TryJson::changed);
    list(out.append(",\"removed\":"), changes.removed(), TryJson::line);
    out.append('}');
  }

  private static void changed(StringBuilder out, HeaderChanges.Sent sent) {
    text(out.append('{'), "name", sent.line().name());
    text(out.append(','), "value", sent.line().value());
    text(out.append(','), "change", word(sent.change()));
    text(out.append(','), "was", sent.was());
    out.append(",\"varies\":").append(sent.line().varies()).append('}');
  }
}
