package io.tagway.registry;

import io.tagway.config.Settings;
import io.tagway.consul.Answer;
import io.tagway.consul.ConsulAgent;
import io.tagway.consul.LongPoll.News;
import io.tagway.consul.Timers;
import io.tagway.registry.Questions.Question;
import io.tagway.registry.Questions.Reader;
import io.tagway.route.Command;
import io.tagway.route.Line;
import io.tagway.route.Parsed;
import io.tagway.route.Problem;
import io.tagway.route.RouteTags;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Services with route tags, manual commands and the no-route page, all from one Consul agent. */
final class ConsulSource implements Source {
  private static final System.Logger LOG = System.getLogger(ConsulSource.class.getName());
  private static final System.Logger.Level INFO = System.Logger.Level.INFO;

  /** The statuses of a check that is not passing. */
  private static final List<String> NOT_PASSING = List.of("critical", "warning");

  /**
   * For the few changes that the open question about checks does not show: writes to a service or a
   * node alone. What Consul could block on for them costs it milliseconds after every change.
   */
  private static final Duration LOOK_AT_SERVICES = Duration.ofMillis(500);

  private static final Duration WHOLE_EVERY = Duration.ofMinutes(5);
  private static final Duration GRACE_AFTER_OUTAGE = Duration.ofSeconds(10);

  private final ConsulAgent agent;
  private final Settings.Consul settings;
  private final Timers timers;
  private final ConsulOverrides overrides;
  private final ConsulRegistration registration;
  private String datacenter = "";
  private String node = "";
  private @Nullable Questions questions;
  private @Nullable CatalogSync sync;
  private @Nullable Holdover holdover;

  ConsulSource(
      ConsulAgent agent, Settings.Consul settings, Timers timers, ConsulRegistration registration) {
    this.agent = agent;
    this.settings = settings;
    this.timers = timers;
    this.registration = registration;
    this.overrides = new ConsulOverrides(agent, settings.kvPath());
  }

  @Override
  public String backend() {
    return "consul";
  }

  @Override
  public Overrides overrides() {
    return overrides;
  }

  @Override
  public Registration registration() {
    return registration;
  }

  @Override
  public Future<Void> connect() {
    return agent
        .read("/v1/agent/self", Map.of())
        .map(
            answer -> {
              JsonObject config =
                  new JsonObject(answer.body()).getJsonObject("Config", new JsonObject());
              datacenter = config.getString("Datacenter", "");
              node = config.getString("NodeName", "");
              LOG.log(
                  INFO,
                  "consul: Connecting to \"{0}\" in datacenter \"{1}\"",
                  agent.address(),
                  datacenter);
              return null;
            });
  }

  @Override
  public void run(Feed feed, StatusBoard board) {
    LOG.log(
        INFO,
        settings.namespace().isEmpty()
            ? "consul: Connecting to default namespace"
            : "consul: Connecting to namespace \"" + settings.namespace() + "\"");
    LOG.log(INFO, "consul: Using dynamic routes");
    LOG.log(INFO, "consul: Using tag prefix \"" + settings.tagPrefix() + "\"");
    Questions open = new Questions(agent, settings.pollInterval(), timers, board);
    questions = open;
    watchServices(feed, board, open);
    watchText("config", settings.kvPath(), open, pairs -> feed.manual(KvText.commands(pairs)));
    watchText(
        "noroute HTML",
        settings.noRouteHtmlPath(),
        open,
        pairs -> feed.noRouteHtml(KvText.joined(pairs)));
  }

  private void watchServices(Feed feed, StatusBoard board, Questions questions) {
    RouteTags tags = new RouteTags(settings.tagPrefix(), datacenter);
    HealthRule rule = new HealthRule(tags, settings.serviceStatus(), settings.allChecksRequired());
    Holdover kept = new Holdover(GRACE_AFTER_OUTAGE, timers, board.part("outage"), feed::services);
    CatalogSync reading =
        new CatalogSync(
            new CatalogSync.Wiring(
                CatalogReads.of(agent),
                rule,
                node,
                Math.max(1, settings.serviceMonitors()),
                WHOLE_EVERY,
                Questions.backoff(),
                timers,
                board.part("services")),
            NOT_PASSING,
            changed -> {
              Map<String, List<Absent>> absent = new HashMap<>();
              changed.forEach((name, listed) -> absent.put(name, absent(tags, rule, listed)));
              feed.absent(absent); // before the table that lacks them
              Map<String, Parsed> commands = new HashMap<>();
              changed.forEach((name, listed) -> commands.put(name, commands(tags, rule, listed)));
              kept.services(commands);
            });
    holdover = kept;
    sync = reading;
    questions.ask(
        new Question("checks", CatalogReads.NO_CHECKS, Map.of()),
        telling(kept, "checks", reading::checksMoved));
    for (String status : NOT_PASSING) {
      questions.ask(
          new Question(status + " checks", CatalogReads.CHECKS_WITH + status, Map.of()),
          telling(kept, status, (answer, news) -> reading.failing(status, answer, news)));
    }
    questions.ask(
        new Question("catalog", CatalogReads.NAMES, CatalogReads.NO_NODE, LOOK_AT_SERVICES),
        telling(kept, "catalog", (answer, news) -> reading.moved(answer, news)));
  }

  /** Tells the holdover when a question has no answer and when it has one again. */
  private static Reader telling(Holdover kept, String what, Reader reader) {
    return new Reader() {
      @Override
      public void read(Answer answer, News news) throws IOException {
        if (news == News.RESTART) {
          kept.back(what);
        }
        reader.read(answer, news);
      }

      @Override
      public void unread() {
        kept.away(what);
      }
    };
  }

  private static Parsed commands(RouteTags tags, HealthRule rule, List<Listed> instances) {
    List<Line> lines = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Listed listed : instances) {
      if (rule.admits(listed)) {
        Parsed parsed = tags.commands(listed.instance());
        lines.addAll(parsed.lines());
        problems.addAll(parsed.problems());
      }
    }
    return new Parsed(lines, problems);
  }

  /** What would be routed if it were well. */
  private static List<Absent> absent(RouteTags tags, HealthRule rule, List<Listed> instances) {
    List<Absent> absent = new ArrayList<>();
    for (Listed listed : instances) {
      String reason = rule.objection(listed);
      if (!reason.isEmpty()) {
        for (Line line : tags.commands(listed.instance()).lines()) {
          if (line.command() instanceof Command.Add add) {
            absent.add(new Absent(add, line.origin(), reason));
          }
        }
      }
    }
    return absent;
  }

  private interface Pairs {
    void take(List<KvText.Pair> pairs);
  }

  private void watchText(String what, String path, Questions questions, Pairs taker) {
    KvText text = new KvText(path);
    LOG.log(INFO, "consul: Watching KV path \"" + path + "\"");
    questions.ask(
        new Question(
            what + " from " + path,
            "/v1/kv/" + ConsulOverrides.escaped(text.root()),
            Map.of("recurse", "")),
        (answer, news) -> {
          if (news != News.NONE) {
            taker.take(text.pairs(answer.body()));
          }
        });
  }

  @Override
  public RegistryTraffic traffic() {
    return new RegistryTraffic(agent.traffic().answered(), agent.traffic().failed());
  }

  @Override
  public Future<Void> close() {
    if (questions != null) {
      questions.close();
    }
    if (sync != null) {
      sync.close();
    }
    if (holdover != null) {
      holdover.close();
    }
    return agent.close();
  }
}
