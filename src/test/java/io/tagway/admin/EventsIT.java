package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.admin.EventReader.Event;
import io.tagway.metrics.TargetStats;
import io.tagway.registry.Absent;
import io.tagway.registry.RegistryStatus.State;
import io.tagway.route.Command;
import io.tagway.route.Line;
import io.tagway.route.Origin;
import io.tagway.route.Problem;
import io.tagway.route.Table;
import io.tagway.route.Target;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventsIT {
  private final AdminServer server = AdminServer.start(Tables.ofSize(200));

  @AfterEach
  void stop() {
    server.close();
  }

  private String versionOfTable() throws IOException {
    return new JsonObject(server.ask("GET", "/api/table").body()).getString("version");
  }

  private static boolean isStatus(Event event) {
    return event.name().equals("status");
  }

  private static boolean isRoutes(Event event) {
    return event.name().equals("routes");
  }

  private static Table moved(Table table, int address) {
    return table.withServices(Map.of("svc-00007", List.of(Tables.line("svc-00007", 7, address))));
  }

  @Test
  void theFirstEventSaysWhichTableToFetch() throws IOException {
    try (EventReader events = new EventReader(server.port())) {
      assertEquals(200, events.status());
      Event first = events.next();
      assertTrue(isStatus(first));
      assertEquals(versionOfTable(), first.data().getString("version"));
      assertEquals(200, first.data().getInteger("targets"));
    }
  }

  @Test
  void aSwapTellsOnlyTheRoutesThatChanged() throws IOException {
    try (EventReader events = new EventReader(server.port())) {
      String before = events.next().data().getString("version");
      long start = System.nanoTime();
      server.registry.swap(moved(server.registry.table().get(), 99));
      JsonObject told = events.next(EventsIT::isRoutes).data();
      assertTrue(System.nanoTime() - start < 1_000_000_000L, "told within a second");
      assertEquals(before, told.getString("from"));
      assertEquals(1, told.getJsonArray("changed").size());
      assertEquals(
          "host-0002.example.com", told.getJsonArray("changed").getJsonObject(0).getString("host"));
      assertTrue(told.getJsonArray("removed").isEmpty());
      assertEquals(versionOfTable(), told.getString("version"));
      assertEquals(
          told.getString("version"), events.next(EventsIT::isStatus).data().getString("version"));
    }
  }

  @Test
  void aBurstOfSwapsIsToldAFewTimesAndEndsWithTheLastTable() throws IOException {
    try (EventReader events = new EventReader(server.port())) {
      String from = events.next().data().getString("version");
      for (int i = 0; i < 400; i++) {
        server.registry.swap(moved(server.registry.table().get(), i % 250));
      }
      int told = 0;
      String last = "";
      while (!last.contains("http://10.0.7.149:8080/")) {
        JsonObject next = events.next(EventsIT::isRoutes).data();
        assertEquals(from, next.getString("from"), "no gap");
        from = next.getString("version");
        last = next.getJsonArray("changed").encode();
        told++;
      }
      assertTrue(told < 40, "told " + told + " times");
    }
  }

  @Test
  void whereMostOfTheTableIsNewNoRoutesAreNamed() throws IOException {
    try (EventReader events = new EventReader(server.port())) {
      events.next();
      server.registry.swap(Tables.of("route add other /x http://10.0.0.1:80/"));
      JsonObject told = events.next(EventsIT::isRoutes).data();
      assertEquals(versionOfTable(), told.getString("version"));
      assertTrue(!told.containsKey("changed"), told.encode());
    }
  }

  @Test
  void aStaleRegistryIsToldAtOnce() throws IOException {
    try (EventReader events = new EventReader(server.port())) {
      events.next();
      server.registry.become(State.STALE, Instant.now().minusSeconds(30), "refused");
      JsonObject status =
          events.next(event -> !event.data().getString("state", "").equals("current")).data();
      assertEquals("stale", status.getString("state"));
      assertEquals("refused", status.getString("error"));
      assertTrue(status.getDouble("lastGoodSeconds") >= 30);
    }
  }

  @Test
  void newProblemsHaveANewVersion() throws IOException {
    try (EventReader events = new EventReader(server.port())) {
      long before = events.next().data().getLong("problemsVersion");
      Origin origin = new Origin(Origin.Kind.OVERRIDE, "", "", 3);
      server.registry.find(List.of(new Problem(origin, "route ad", "bad", "route add")));
      JsonObject status =
          events.next(event -> event.data().getInteger("problemCount", 0) == 1).data();
      assertNotEquals(before, status.getLong("problemsVersion"));
    }
  }

  @Test
  void anIdleStreamHasAHeartbeat() throws IOException {
    try (EventReader events = new EventReader(server.port())) {
      events.next();
      assertTrue(isStatus(events.next()));
    }
  }

  @Test
  void aSlowClientLosesEventsAndThenGetsTheNewestStatus() throws IOException {
    server.registry.swap(Tables.ofSize(10_000));
    try (EventReader slow = new EventReader(server.port());
        EventReader quick = new EventReader(server.port())) {
      slow.next();
      quick.next();
      String newest = "";
      for (int i = 1; i <= 12; i++) {
        Map<String, List<Line>> changed = new HashMap<>();
        for (int service = 0; service < 4_900; service++) {
          String name = "svc-%05d".formatted(service);
          changed.put(name, List.of(Tables.line(name, service, i)));
        }
        server.registry.swap(server.registry.table().get().withServices(changed));
        newest = quick.next(EventsIT::isRoutes).data().getString("version");
      }
      String last = newest;
      List<Event> read = new ArrayList<>();
      slow.next(
          event -> {
            read.add(event);
            return isStatus(event) && event.data().getString("version").equals(last);
          });
      long told = read.stream().filter(EventsIT::isRoutes).count();
      assertTrue(told < 12, "dropped some of 12, read " + told);
    }
  }

  @Test
  void numbersAreToldWhileAPageIsOpenAndNobodyLooksOtherwise() throws IOException {
    AtomicLong looks = new AtomicLong();
    Function<Target, TargetStats> traffic =
        Traffic.of(target -> target.service().equals("svc-00007") ? 50 : 0, target -> 0.1);
    server.stats =
        target -> {
          looks.incrementAndGet();
          return traffic.apply(target);
        };
    server.ask("GET", "/api/table");
    assertEquals(0, looks.get());
    try (EventReader events = new EventReader(server.port())) {
      JsonObject first = events.next(event -> event.name().equals("numbers")).data();
      assertEquals(versionOfTable(), first.getString("version"));
      JsonObject second = events.next(event -> event.name().equals("numbers")).data();
      assertEquals(1, second.getJsonArray("targets").size());
      JsonArray told = second.getJsonArray("targets").getJsonArray(0);
      assertEquals(50, told.getDouble(1), 5);
      assertEquals(5, told.getDouble(2), 1);
      server.stats = target -> TargetStats.NOTHING;
      JsonObject quiet =
          events
              .next(
                  event ->
                      event.name().equals("numbers")
                          && event.data().getJsonArray("targets").isEmpty())
              .data();
      assertEquals(versionOfTable(), quiet.getString("version"));
      for (int beat = 0; beat < 2; beat++) {
        assertEquals("status", events.next().name(), "silent while all is quiet");
      }
    }
  }

  @Test
  void routesOfInstancesThatAreNotWellHaveAVersion() throws IOException {
    try (EventReader events = new EventReader(server.port())) {
      assertEquals(0, events.next().data().getLong("absentVersion"));
      Line line = Tables.line("svc-9", 9, 9);
      server.registry.lack(
          List.of(new Absent((Command.Add) line.command(), line.origin(), "check x is critical")));
      events.next(event -> event.data().getLong("absentVersion", 0L) == 1);
      JsonObject absent = new JsonArray(server.ask("GET", "/api/absent").body()).getJsonObject(0);
      assertEquals("check x is critical", absent.getString("reason"));
      assertEquals("host-0003.example.com/part-0", absent.getString("source"));
      assertEquals("node-09/svc-9-1", absent.getJsonObject("origin").getString("detail"));
    }
  }

  @Test
  void closingEndsTheStreams() throws IOException {
    try (EventReader events = new EventReader(server.port())) {
      events.next();
      server.endStreams();
      events.readToEnd();
    }
  }

  @Test
  void tooManyStreamsAreRefused() throws IOException {
    List<EventReader> open = new ArrayList<>();
    try {
      for (int i = 0; i < LiveTable.MOST_SUBSCRIBERS; i++) {
        EventReader reader = new EventReader(server.port());
        open.add(reader);
        assertEquals(200, reader.status());
      }
      try (EventReader tooMany = new EventReader(server.port())) {
        assertEquals(503, tooMany.status());
      }
      open.remove(0).close();
      int status = 503;
      long deadline = System.nanoTime() + 10_000_000_000L;
      while (status == 503 && System.nanoTime() < deadline) {
        try (EventReader again = new EventReader(server.port())) {
          status = again.status();
        }
      }
      assertEquals(200, status);
    } finally {
      for (EventReader reader : open) {
        reader.close();
      }
    }
  }

  @Test
  void onlyGetOpensAStream() throws IOException {
    assertEquals(405, server.ask("HEAD", "/api/events").status());
    assertEquals(405, server.ask("POST", "/api/events").status());
  }
}
