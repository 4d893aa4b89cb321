package io.tagway.registry;

import io.tagway.consul.Answer;
import io.tagway.consul.LongPoll.News;
import io.tagway.consul.Refusal;
import io.tagway.consul.Timers;
import io.tagway.route.Instance;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A catalog in memory that numbers its writes as Consul does, and counts what it is asked. An
 * instance has one check of its own, or none.
 */
final class CatalogFake implements CatalogReads {
  record Entry(String service, String id, String node, String tag, int port, String status) {
    Entry withStatus(String now) {
      return new Entry(service, id, node, tag, port, now);
    }
  }

  /** In place of a status: there is no check. */
  static final String NO_CHECK = "";

  final List<String> asked = new ArrayList<>();
  private final Timers timers;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, Long> serviceIndex = new HashMap<>();
  private long index = 10;
  private long servicesTable = 10;
  private long checksTable = 10;

  /** Of the last service that went; 0: none ever did. */
  private long extinction;

  private Duration wholeTakes = Duration.ofMillis(40);
  private boolean down;
  private boolean hidesNodes;

  CatalogFake(Timers timers) {
    this.timers = timers;
  }

  /** Writes an instance on node n1 with its check. */
  void put(String service, String id, String tag, int port, String status) {
    put(new Entry(service, id, "n1", tag, port, status));
  }

  /** Writes an instance with its check. */
  void put(Entry entry) {
    String service = entry.service();
    String id = entry.id();
    Entry before = entries.put(id, entry);
    index++;
    checksTable = index;
    boolean onlyStatus =
        before != null
            && before.withStatus(entry.status()).equals(entry)
            && !before.status().equals(entry.status());
    if (!onlyStatus) {
      servicesTable = index;
    }
    serviceIndex.put(service, index);
  }

  void remove(String id) {
    Entry gone = entries.remove(id);
    index++;
    checksTable = index;
    servicesTable = index;
    String service = gone == null ? "" : gone.service();
    serviceIndex.put(service, index);
    if (instances(service).isEmpty()) {
      extinction = index;
    }
  }

  /** New output of a check: the checks table moves and nothing differs. */
  void output() {
    index++;
    checksTable = index;
  }

  /** Something else is written: the next number is taken. */
  void elsewhere() {
    index++;
  }

  /** Counts anew and knows nothing. */
  void forget() {
    entries.clear();
    serviceIndex.clear();
    index = 3;
    servicesTable = 3;
    checksTable = 3;
    extinction = 0;
  }

  void down(boolean isDown) {
    down = isDown;
  }

  /** Holds so much that everything takes so long to read. */
  void takes(Duration whole) {
    wholeTakes = whole;
  }

  /** Refuses to show a single node. */
  void hideNodes() {
    hidesNodes = true;
  }

  /** Tells what all polls would hear now. */
  void tell(CatalogSync sync, News news) {
    sync.checksMoved(new Answer(200, checksTable, Buffer.buffer("[]")), news);
    for (String status : List.of("critical", "warning")) {
      try {
        sync.failing(status, new Answer(200, checksTable, failing(status)), news);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    sync.moved(new Answer(200, Math.max(servicesTable, checksTable), Buffer.buffer("[]")), news);
  }

  private Buffer failing(String status) {
    JsonArray rows = new JsonArray();
    entries.values().stream()
        .filter(entry -> entry.status().equals(status))
        .forEach(
            entry ->
                rows.add(
                    new JsonObject()
                        .put("Node", entry.node())
                        .put("CheckID", "c:" + entry.id())
                        .put("ServiceID", entry.id())
                        .put("ServiceName", entry.service())));
    return rows.toBuffer();
  }

  private <T> Future<Read<T>> answer(String question, T content, long at) {
    asked.add(question);
    return down
        ? Future.failedFuture("connection refused")
        : Future.succeededFuture(new Read<>(content, at));
  }

  @Override
  public Future<Read<List<Listed>>> service(String name) {
    if (name.contains("\u0007")) {
      asked.add("service " + name);
      return Future.failedFuture(Refusal.badRequest());
    }
    List<Listed> instances = instances(name);
    long lastGone = extinction == 0 ? servicesTable : extinction;
    return answer(
        "service " + name,
        instances,
        instances.isEmpty() ? lastGone : serviceIndex.getOrDefault(name, 0L));
  }

  @Override
  public Future<Moves> moves() {
    return answer("moves", true, servicesTable)
        .map(read -> new Moves(read.index(), extinction == 0 ? servicesTable : extinction));
  }

  @Override
  public Future<Read<Map<String, Set<String>>>> names() {
    Map<String, Set<String>> names = new HashMap<>();
    entries
        .values()
        .forEach(
            entry ->
                names.computeIfAbsent(entry.service(), name -> new HashSet<>()).add(entry.tag()));
    return answer("names", names, servicesTable);
  }

  @Override
  public Future<Read<Map<String, List<Listed>>>> node(String name) {
    Map<String, List<Listed>> all = new HashMap<>();
    entries.values().stream()
        .filter(entry -> entry.node().equals(name))
        .forEach(
            entry ->
                all.computeIfAbsent(entry.service(), service -> new ArrayList<>())
                    .add(new Listed(listed(entry).instance(), List.of())));
    Future<Read<Map<String, List<Listed>>>> answer =
        answer("node " + name, all, Math.max(servicesTable, checksTable));
    return hidesNodes ? Future.failedFuture("403 Forbidden") : answer;
  }

  @Override
  public Future<Read<Map<String, List<Listed>>>> whole() {
    Map<String, List<Listed>> all = new HashMap<>();
    entries.values().forEach(entry -> all.put(entry.service(), instances(entry.service())));
    Future<Read<Map<String, List<Listed>>>> answer =
        answer("whole", all, Math.max(servicesTable, checksTable));
    Promise<Read<Map<String, List<Listed>>>> later = Promise.promise();
    timers.after(wholeTakes, () -> answer.onComplete(later));
    return later.future();
  }

  private List<Listed> instances(String name) {
    return entries.values().stream()
        .filter(entry -> entry.service().equals(name))
        .map(CatalogFake::listed)
        .toList();
  }

  private static Listed listed(Entry entry) {
    return new Listed(
        new Instance(
            entry.service(),
            entry.id(),
            entry.node(),
            "",
            "10.0.0.1",
            entry.port(),
            List.of(entry.tag())),
        entry.status().equals(NO_CHECK)
            ? List.of()
            : List.of(new Check("c:" + entry.id(), entry.status(), entry.id())));
  }
}
