package io.tagway.admin;

import io.tagway.registry.Absent;
import io.tagway.registry.Fault;
import io.tagway.registry.Overrides;
import io.tagway.registry.Registration;
import io.tagway.registry.Registry;
import io.tagway.registry.RegistryStatus;
import io.tagway.route.Problem;
import io.tagway.route.Table;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** A registry whose table, state and overrides a test sets by hand, from any thread. */
final class MemoryRegistry implements Registry {
  private final List<BiConsumer<Table, Table>> swapObservers = new CopyOnWriteArrayList<>();
  private final List<Runnable> statusObservers = new CopyOnWriteArrayList<>();
  private final MemoryOverrides overrides = new MemoryOverrides();
  private volatile Table table;
  private volatile List<Problem> problems = List.of();
  private volatile RegistryStatus status;
  private volatile List<Absent> absent = List.of();
  volatile List<Fault> faults = List.of();

  MemoryRegistry(Table table) {
    this.table = table;
    this.status = state(RegistryStatus.State.CURRENT, Instant.now(), "");
  }

  void swap(Table next) {
    Table before = table;
    table = next;
    swapObservers.forEach(observer -> observer.accept(before, next));
  }

  void become(RegistryStatus.State state, Instant lastGood, String error) {
    status = state(state, lastGood, error);
    statusObservers.forEach(Runnable::run);
  }

  void find(List<Problem> found) {
    problems = found;
    statusObservers.forEach(Runnable::run);
  }

  void lack(List<Absent> lacked) {
    absent = lacked;
    statusObservers.forEach(Runnable::run);
  }

  @Override
  public List<Absent> absent() {
    return absent;
  }

  @Override
  public List<Fault> faults() {
    return faults;
  }

  private static RegistryStatus state(RegistryStatus.State state, Instant lastGood, String error) {
    return new RegistryStatus("consul", state, Optional.of(lastGood), Optional.of(lastGood), error);
  }

  @Override
  public Future<Void> start() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  @Override
  public Supplier<Table> table() {
    return () -> table;
  }

  @Override
  public Supplier<String> noRouteHtml() {
    return () -> "";
  }

  @Override
  public RegistryStatus status() {
    return status;
  }

  @Override
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public MemoryOverrides overrides() {
    return overrides;
  }

  @Override
  public Registration registration() {
    return Registration.none();
  }

  @Override
  public void onSwap(BiConsumer<Table, Table> observer) {
    swapObservers.add(observer);
  }

  @Override
  public void onStatus(Runnable observer) {
    statusObservers.add(observer);
  }

  /** A store with one index for all keys, as Consul has it. */
  static final class MemoryOverrides implements Overrides {
    private final TreeMap<String, Text> texts = new TreeMap<>();
    private long index = 1;
    private String failure = "";

    /** From now on the store cannot be reached. */
    synchronized void fail(String message) {
      failure = message;
    }

    @Override
    public synchronized Future<List<String>> paths() {
      return failure.isEmpty()
          ? Future.succeededFuture(new ArrayList<>(texts.keySet()))
          : Future.failedFuture(failure);
    }

    @Override
    public synchronized Future<Text> read(String path) {
      return failure.isEmpty()
          ? Future.succeededFuture(texts.getOrDefault(path, new Text("", index)))
          : Future.failedFuture(failure);
    }

    @Override
    public synchronized Future<Boolean> write(String path, String value, long version) {
      if (!failure.isEmpty()) {
        return Future.failedFuture(failure);
      }
      Text stored = texts.get(path);
      if (stored != null && stored.version() != version) {
        return Future.succeededFuture(false);
      }
      texts.put(path, new Text(value, ++index));
      return Future.succeededFuture(true);
    }
  }
}
