package io.tagway.registry;

import io.tagway.consul.Answer;
import io.tagway.consul.Backoff;
import io.tagway.consul.LongPoll.News;
import io.tagway.consul.Timers;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the instances of all routed services in step with Consul, without asking for all of them.
 *
 * <p>Long polls tell that something changed and which checks are failing. From there it does one
 * thing at a time, the cheapest that can explain the change: read the services whose checks differ;
 * ask whether services changed at all; read the services and the node that changed last; compare
 * the names and tags of all; read everything. What comes meanwhile is gathered for the next turn,
 * so that a burst costs a few turns. Everything is read once in a while in any case.
 *
 * <p>What cannot be read stays as it is known. {@code docs/life-of-a-route.md} has the whole story.
 */
final class CatalogSync {
  private static final System.Logger LOG = System.getLogger(CatalogSync.class.getName());

  /** More suspects than this are cheaper to read in one request. */
  private static final int MOST_SINGLE_READS = 64;

  /** News that follow each other faster may hide one change behind another. */
  private static final Duration CLOSELY = Duration.ofMillis(50);

  /** What a glance at the services that changed last counts for. */
  private static final Duration GLANCE = Duration.ofMillis(1);

  /** Time for one answer to explain what is silent in another. */
  private static final Duration SETTLING = Duration.ofMillis(100);

  /**
   * What the sync needs from outside.
   *
   * @param node where to expect the first change; empty: unknown
   */
  record Wiring(
      CatalogReads reads,
      HealthRule rule,
      String node,
      int parallelReads,
      Duration wholeEvery,
      Backoff backoff,
      Timers timers,
      StatusBoard.Part part) {}

  private final Wiring wiring;
  private final CatalogKnowledge knowledge;
  private final CatalogIndex index;
  private final ChangeFinder finder;
  private final CatalogSteps steps;

  /** For comparing names, and for reading everything. */
  private final SearchBudget namesBudget;

  private final SearchBudget budget;

  /** On mere doubt: for a glance at what changed last, and for reading everything. */
  private final SearchBudget glanceBudget;

  private final SearchBudget doubtBudget;

  /** Questions that have no answer yet; nothing is read before all have one. */
  private final Set<String> unanswered = new HashSet<>(Set.of("catalog", "checks"));

  private long movedAt;
  private long doubtedAt;
  private boolean doubting;
  private boolean busy;
  private boolean closed;
  private boolean wholeDue = true;

  /** The index for which each step was taken already. */
  private long askedMoves;

  private long askedLikely;
  private long askedNames;
  private long glancedAt;
  private int failures;
  private Timers.@Nullable Pending wake;
  private Timers.@Nullable Pending periodic;

  /**
   * @param statuses those of which {@link #failing} will be told
   * @param changed takes the instances of services that differ, an empty list for one that is gone;
   *     the first call brings all
   */
  CatalogSync(
      Wiring wiring, Collection<String> statuses, Consumer<Map<String, List<Listed>>> changed) {
    this.wiring = wiring;
    this.knowledge = new CatalogKnowledge(wiring.rule(), wiring.node());
    this.index = knowledge.index();
    this.finder = knowledge.finder();
    this.steps =
        new CatalogSteps(
            wiring.reads(),
            wiring.parallelReads(),
            knowledge,
            differing -> {
              if (!closed) {
                changed.accept(differing);
              }
            });
    this.unanswered.addAll(statuses);
    long now = wiring.timers().nanos();
    this.movedAt = now;
    this.namesBudget = new SearchBudget(0.3, Duration.ofMillis(300), now);
    this.budget = new SearchBudget(0.1, Duration.ofSeconds(1), now);
    this.glanceBudget = new SearchBudget(0.01, Duration.ofMillis(20), now);
    this.doubtBudget = new SearchBudget(0.003, Duration.ZERO, now);
  }

  /** Takes an answer of {@link CatalogReads#NAMES} without nodes: anything may have moved. */
  void moved(Answer answer, News news) {
    restartIf(news, "catalog");
    moved(answer.index());
    turn();
  }

  /** Takes an answer of {@link CatalogReads#NO_CHECKS}: a check moved. */
  void checksMoved(Answer answer, News news) {
    restartIf(news, "checks");
    index.checksMoved(answer.index());
    moved(answer.index());
    turn();
  }

  /** Takes an answer of {@link CatalogReads#CHECKS_WITH} and a status. */
  void failing(String status, Answer answer, News news) throws IOException {
    if (news != News.NONE) {
      Set<CatalogJson.Failing> failing = CatalogJson.failing(answer.body());
      restartIf(news, status);
      finder.failing(status, failing, answer.index());
      turn();
    }
  }

  /** After an outage anything may have changed unseen, and indexes may count anew. */
  private void restartIf(News news, String question) {
    if (news == News.RESTART) {
      unanswered.remove(question);
      knowledge.restart();
      wholeDue = true;
    }
  }

  private void moved(long to) {
    long now = wiring.timers().nanos();
    if (index.moved(to, now - movedAt < CLOSELY.toNanos())) {
      movedAt = now;
    }
  }

  void close() {
    closed = true;
    cancel(wake);
    cancel(periodic);
  }

  /** Does the next thing there is to do, if nothing is under way. */
  private void turn() {
    if (busy || closed || !unanswered.isEmpty()) {
      return;
    }
    cancel(wake);
    if (wholeDue) {
      whole();
    } else if (finder.hasSuspects()) {
      List<String> suspects = finder.takeSuspects();
      if (suspects.size() > MOST_SINGLE_READS) {
        whole();
      } else {
        take(steps.services(suspects));
      }
    } else if (!index.isSettled()) {
      explain();
    } else if (steps.areAnyRefused()) { // may have to wait: nobody else shall
      after(budget.left(wiring.timers().nanos()), this::whole);
    } else if (index.isDoubtful()) {
      doubt();
    } else {
      doubting = false;
    }
  }

  private void explain() {
    long moved = index.moved();
    if (askedMoves != moved) {
      askMoves();
    } else if (askedLikely != moved) {
      askedLikely = moved;
      take(steps.likely());
    } else if (askedNames != moved) {
      after(namesBudget.left(wiring.timers().nanos()), this::compareNames);
    } else {
      after(budget.left(wiring.timers().nanos()), this::whole);
    }
  }

  /**
   * Looks whether it was a service that changed lately, such as one that gets its check now. Then
   * searches the whole, but not before the other answers had time to explain.
   */
  private void doubt() {
    long now = wiring.timers().nanos();
    doubtedAt = doubting ? doubtedAt : now;
    doubting = true;
    if (index.areChecksUnread() && glancedAt != index.moved() && glanceBudget.left(now) == 0) {
      glancedAt = index.moved();
      glanceBudget.spend(now, GLANCE.toNanos());
      take(steps.recent());
      return;
    }
    after(Math.max(doubtedAt + SETTLING.toNanos() - now, doubtBudget.left(now)), this::whole);
  }

  /** Does something that is allowed now, or looks again when it will be. */
  private void after(long nanos, Runnable task) {
    if (nanos <= 0) {
      task.run();
    } else {
      wake = wiring.timers().after(Duration.ofNanos(nanos), this::turn);
    }
  }

  private void askMoves() {
    take(
        steps
            .moves()
            .map(
                moved -> {
                  askedMoves = moved;
                  return null;
                }));
  }

  private void compareNames() {
    askedNames = index.moved();
    take(timed(steps::names, namesBudget));
  }

  private void whole() {
    wholeDue = true;
    take(
        timed(steps::whole, budget, doubtBudget)
            .map(
                read -> {
                  wholeDue = false;
                  doubting = false;
                  cancel(periodic);
                  periodic = wiring.timers().after(wiring.wholeEvery(), this::wholeIsDue);
                  return null;
                }));
  }

  /** Charges the time of a step that succeeds. */
  private Future<Void> timed(Supplier<Future<Void>> step, SearchBudget... budgets) {
    long asked = wiring.timers().nanos();
    return step.get()
        .map(
            read -> {
              long now = wiring.timers().nanos();
              for (SearchBudget each : budgets) {
                each.spend(now, now - asked);
              }
              return null;
            });
  }

  /** Takes one step; the next one comes when it is over. */
  private void take(Future<Void> step) {
    busy = true;
    step.onComplete(done -> finished(done.cause()));
  }

  private void wholeIsDue() {
    wholeDue = true;
    turn();
  }

  private void finished(@Nullable Throwable cause) {
    busy = false;
    if (closed) {
      return;
    }
    if (cause == null) {
      failures = 0;
      wiring.part().good();
      turn();
      return;
    }
    failures++;
    askedMoves = 0;
    askedLikely = 0;
    askedNames = 0;
    String text = "consul: Error reading services. " + FailureText.of(cause);
    if (failures == 1) {
      LOG.log(System.Logger.Level.WARNING, text);
    }
    wiring.part().failed(text);
    cancel(wake);
    wake = wiring.timers().after(wiring.backoff().pause(failures), this::turn);
  }

  private static void cancel(Timers.@Nullable Pending pending) {
    if (pending != null) {
      pending.cancel();
    }
  }
}
