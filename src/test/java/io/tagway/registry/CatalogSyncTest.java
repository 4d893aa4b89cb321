package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.consul.Backoff;
import io.tagway.consul.LongPoll.News;
import io.tagway.consul.ManualTimers;
import io.tagway.route.RouteTags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogSyncTest {
  private final ManualTimers timers = new ManualTimers();
  private final CatalogFake catalog = new CatalogFake(timers);
  private final StatusBoard board = new StatusBoard("consul", Clock.systemUTC(), () -> {});
  private final TreeMap<String, List<Integer>> ports = new TreeMap<>();
  private final List<String> deliveries = new ArrayList<>();

  private final CatalogSync sync =
      new CatalogSync(
          new CatalogSync.Wiring(
              catalog,
              new HealthRule(new RouteTags("urlprefix-", "dc1"), List.of("passing"), false),
              "own",
              1,
              Duration.ofMinutes(5),
              new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), () -> 0.5),
              timers,
              board.part("services")),
          List.of("critical", "warning"),
          changed -> {
            deliveries.add(new TreeSet<>(changed.keySet()).toString());
            changed.forEach(
                (name, listed) ->
                    ports.put(
                        name, listed.stream().map(one -> one.instance().port()).sorted().toList()));
            ports.values().removeIf(List::isEmpty);
          });

  @BeforeEach
  void knowsThreeServices() {
    catalog.put("a", "a-1", "urlprefix-/a", 1, "passing");
    catalog.put("a", "a-2", "urlprefix-/a", 2, "passing");
    catalog.put("b", "b-1", "urlprefix-/b", 3, "passing");
    catalog.put("plain", "p-1", "v1", 4, "passing");
    catalog.tell(sync, News.RESTART);
    timers.pass(Duration.ofSeconds(30));
    catalog.asked.clear();
    deliveries.clear();
  }

  /** What was asked for, but for the cheap question what moved. */
  private List<String> askedAfter(Runnable write) {
    write.run();
    catalog.tell(sync, News.CHANGE);
    timers.pass(Duration.ofSeconds(1));
    List<String> asked =
        catalog.asked.stream().filter(question -> !question.equals("moves")).toList();
    catalog.asked.clear();
    return asked;
  }

  @Test
  void the_first_delivery_has_all_services_that_ask_for_routes() {
    assertEquals("{a=[1, 2], b=[3]}", ports.toString());
  }

  @Test
  void a_failing_check_leads_to_its_service() {
    assertTrue(
        askedAfter(() -> catalog.put("b", "b-1", "urlprefix-/b", 3, "critical"))
            .contains("service b"));
    assertEquals(List.of("[b]"), deliveries);
  }

  @Test
  void a_new_service_a_new_tag_and_a_service_that_goes_show_in_the_names() {
    assertEquals(
        List.of("names", "service c"),
        askedAfter(() -> catalog.put("c", "c-1", "urlprefix-/c", 5, "passing")));
    assertEquals(
        List.of("service c", "names", "service b"),
        askedAfter(() -> catalog.put("b", "b-1", "urlprefix-/bb", 3, "passing")));
    assertEquals(List.of("service b", "service c"), askedAfter(() -> catalog.remove("c-1")));
    assertEquals("{a=[1, 2], b=[3]}", ports.toString());
    assertEquals(List.of("[c]", "[b]", "[c]"), deliveries);
  }

  @Test
  void a_service_that_goes_is_told_by_the_names() {
    catalog.put("gone", "g-1", "urlprefix-/g", 5, "passing");
    catalog.remove("g-1"); // Consul tells those that go from other writes from the second on
    askedAfter(() -> catalog.put("a", "a-1", "urlprefix-/aa", 1, "passing"));
    assertEquals(List.of("service a", "names"), askedAfter(() -> catalog.remove("b-1")));
    assertEquals("{a=[1, 2]}", ports.toString());
    assertEquals(List.of(), askedAfter(() -> {}));
  }

  @Test
  void a_change_behind_a_service_that_goes_is_found() {
    catalog.put("gone", "g-1", "urlprefix-/g", 5, "passing");
    catalog.remove("g-1");
    askedAfter(() -> catalog.put("plain", "p-1", "v3", 4, "passing"));
    askedAfter(
        () -> {
          catalog.remove("b-1");
          catalog.put("a", "a-2", "urlprefix-/a", 22, "passing");
        });
    assertEquals("{a=[1, 22]}", ports.toString());
  }

  @Test
  void what_shows_nowhere_is_searched_in_the_whole_and_asked_for_directly_the_next_time() {
    assertEquals(List.of("names", "whole"), askedAfter(() -> catalog.remove("a-1")));
    assertEquals("{a=[2], b=[3]}", ports.toString());
    assertEquals(
        List.of("service a"),
        askedAfter(() -> catalog.put("a", "a-2", "urlprefix-/a", 2, "passing")));
    askedAfter(() -> catalog.put("b", "b-1", "urlprefix-/b", 3, "critical"));
    assertEquals(
        List.of("service b", "service a"),
        askedAfter(() -> catalog.put("b", "b-1", "urlprefix-/b", 9, "warning")));
    assertEquals("{a=[2], b=[9]}", ports.toString());
  }

  /** So many services on other nodes that one node is little. */
  private void knowsManyServices() {
    for (int i = 0; i < 200; i++) {
      on("n" + i % 20, "far" + i, "far" + i, 2000 + i);
    }
    on("own", "gone", "gone", 1);
    catalog.remove("gone"); // Consul tells those that go from other writes from the second on
    catalog.tell(sync, News.CHANGE);
    timers.pass(Duration.ofSeconds(30));
    askedAfter(() -> on("own", "first", "first", 9));
    ports.clear();
  }

  private void on(String node, String service, String id, int port) {
    catalog.put(new CatalogFake.Entry(service, id, node, "urlprefix-/" + service, port, "passing"));
  }

  @Test
  void what_comes_moves_or_goes_on_the_expected_node_shows_there() {
    knowsManyServices();
    for (int i = 0; i < 4; i++) { // more than count as recent
      String name = "near" + i;
      int port = i;
      askedAfter(() -> on("own", name, name, port));
    }
    String recent = "service near3, service near2, service near1, node own, ";
    assertEquals(
        "[" + recent + "service near0]",
        askedAfter(() -> on("own", "near0", "near0", 10)).toString());
    askedAfter(() -> on("own", "near1", "second", 11)); // one of two instances
    assertEquals("{near0=[10], near1=[1, 11], near2=[2], near3=[3]}", ports.toString());
    assertEquals(
        "[service near1, service near0, service near3, node own, service near2]",
        askedAfter(() -> catalog.remove("near2")).toString());
    assertEquals("{near0=[10], near1=[1, 11], near3=[3]}", ports.toString());
    assertEquals(List.of(), askedAfter(() -> {}));
  }

  @Test
  void what_changed_lately_and_goes_now_needs_no_names() {
    knowsManyServices();
    askedAfter(() -> on("n3", "far3", "far3", 1));
    List<String> asked = askedAfter(() -> catalog.remove("far3"));
    assertTrue(asked.contains("service far3") && !asked.contains("names"), asked.toString());
    assertEquals("{}", ports.toString());
  }

  @Test
  void the_node_that_changed_last_is_the_one_expected_next() {
    knowsManyServices();
    assertEquals(
        List.of("service first", "node own", "names"), askedAfter(() -> catalog.remove("far2")));
    assertEquals(
        List.of("service far2", "service first", "node n2", "service far22"),
        askedAfter(() -> catalog.remove("far22")));
  }

  @Test
  void where_a_node_cannot_be_read_the_names_tell() {
    knowsManyServices();
    catalog.hideNodes();
    List<String> asked = askedAfter(() -> on("own", "near", "near", 1));
    assertTrue(asked.containsAll(List.of("node own", "names", "service near")), asked.toString());
    assertEquals("{near=[1]}", ports.toString());
    assertEquals("", board.status().lastError());
  }

  @Test
  void a_service_that_gets_its_check_only_now_is_found_at_once_if_it_is_new() {
    askedAfter(() -> catalog.put("c", "c-1", "urlprefix-/c", 5, CatalogFake.NO_CHECK));
    deliveries.clear();
    catalog.put("c", "c-1", "urlprefix-/c", 5, "passing");
    catalog.tell(sync, News.CHANGE);
    assertEquals(List.of("[c]"), deliveries);
    assertEquals(List.of(), askedAfter(() -> {}).stream().filter("whole"::equals).toList());
  }

  @Test
  void a_name_that_consul_is_not_asked_for_holds_up_nobody() {
    List<String> asked =
        askedAfter(() -> catalog.put("bell\u0007", "bell", "urlprefix-/bell", 7, "passing"));
    assertEquals(List.of("names", "service bell\u0007", "whole"), asked);
    assertEquals("{a=[1, 2], b=[3], bell\u0007=[7]}", ports.toString());
    askedAfter(() -> catalog.put("c", "c-1", "urlprefix-/c", 5, "passing"));
    askedAfter(() -> catalog.put("bell\u0007", "bell", "urlprefix-/bell", 8, "critical"));
    askedAfter(() -> catalog.put("c", "c-1", "urlprefix-/c", 6, "passing"));
    assertEquals("{a=[1, 2], b=[3], bell\u0007=[8], c=[6]}", ports.toString());
    assertEquals("", board.status().lastError());
  }

  @Test
  void a_name_that_consul_is_not_asked_for_does_not_count_among_those_that_changed_last() {
    askedAfter(() -> catalog.put("bell\u0007", "bell", "urlprefix-/bell", 7, "passing"));
    assertEquals(
        List.of("names", "service c"),
        askedAfter(() -> catalog.put("c", "c-1", "urlprefix-/c", 5, "passing")));
    assertEquals(
        List.of("service c", "service bell\u0007", "whole"),
        askedAfter(() -> catalog.put("bell\u0007", "bell", "urlprefix-/bell", 7, "critical")));
    askedAfter(() -> catalog.remove("bell"));
    assertEquals(
        List.of("service c"),
        askedAfter(() -> catalog.put("c", "c-1", "urlprefix-/c", 6, "passing")));
    assertEquals("{a=[1, 2], b=[3], c=[6]}", ports.toString());
  }

  @Test
  void others_do_not_wait_for_a_name_that_consul_is_not_asked_for() {
    catalog.takes(Duration.ofMillis(300));
    catalog.put("bell\u0007", "bell", "urlprefix-/bell", 7, "passing");
    catalog.tell(sync, News.CHANGE);
    timers.pass(Duration.ofSeconds(30));
    List<Integer> late = new ArrayList<>();
    for (int i = 0; i < 20; i++) { // more than may be read of everything
      catalog.put("bell\u0007", "bell", "urlprefix-/bell", 7, i % 2 == 0 ? "critical" : "passing");
      catalog.tell(sync, News.CHANGE);
      timers.pass(Duration.ofMillis(400));
      catalog.put("b", "b-1", "urlprefix-/b" + i, 100 + i, "passing");
      catalog.tell(sync, News.CHANGE);
      timers.pass(Duration.ofMillis(400)); // in which everything may be read
      if (!List.of(100 + i).equals(ports.get("b"))) {
        late.add(i);
      }
      timers.pass(Duration.ofMillis(200));
    }
    assertEquals(List.of(), late);
    catalog.put("bell\u0007", "bell", "urlprefix-/bell", 8, "critical");
    catalog.tell(sync, News.CHANGE);
    timers.pass(Duration.ofSeconds(10));
    assertEquals("{a=[1, 2], b=[119], bell\u0007=[8]}", ports.toString());
  }

  @Test
  void a_service_without_routes_is_of_no_interest() {
    askedAfter(() -> catalog.put("plain", "p-1", "v2", 4, "passing"));
    askedAfter(() -> catalog.put("plain", "p-1", "v2", 5, "passing"));
    assertEquals(List.of(), deliveries);
  }

  @Test
  void new_output_of_checks_costs_a_question_each_and_the_whole_very_rarely() {
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      asked.addAll(askedAfter(catalog::output));
    }
    assertTrue(asked.size() <= 110, asked.size() + " questions");
    assertTrue(asked.stream().filter("whole"::equals).count() <= 8, "searched the whole too often");
  }

  @Test
  void a_change_hidden_behind_another_is_found() {
    askedAfter(() -> catalog.put("b", "b-1", "urlprefix-/b", 3, "critical"));
    // Both are written before the poll is answered; the answer for b explains only the second.
    catalog.remove("a-1");
    catalog.put("b", "b-1", "urlprefix-/b", 7, "critical");
    catalog.tell(sync, News.CHANGE);
    timers.pass(Duration.ofMinutes(1));
    assertEquals("{a=[2], b=[7]}", ports.toString());
  }

  @Test
  void of_changes_that_follow_each_other_closely_none_stays_hidden() {
    askedAfter(() -> catalog.put("b", "b-1", "urlprefix-/b", 3, "critical"));
    for (int i = 0; i < 50; i++) {
      if (i == 25) {
        catalog.remove("a-1");
      }
      catalog.put("b", "b-1", "urlprefix-/b", 100 + i, "critical");
      catalog.tell(sync, News.CHANGE);
      timers.pass(Duration.ofMillis(10));
    }
    timers.pass(Duration.ofSeconds(1));
    assertEquals("{a=[2], b=[149]}", ports.toString());
  }

  @Test
  void what_cannot_be_read_stays_and_is_read_later() {
    catalog.down(true);
    catalog.put("b", "b-1", "urlprefix-/b", 8, "critical");
    catalog.tell(sync, News.CHANGE);
    timers.pass(Duration.ofSeconds(30));
    assertEquals("{a=[1, 2], b=[3]}", ports.toString());
    assertTrue(board.status().lastError().contains("connection refused"));
    assertTrue(catalog.asked.size() < 12, "asked " + catalog.asked.size() + " times");
    catalog.down(false);
    timers.pass(Duration.ofSeconds(10));
    assertEquals("{a=[1, 2], b=[8]}", ports.toString());
    assertEquals("", board.status().lastError());
  }

  @Test
  void after_a_restart_everything_is_read_although_the_index_is_small() {
    catalog.forget();
    catalog.put("a", "a-1", "urlprefix-/a", 77, "passing");
    catalog.tell(sync, News.RESTART);
    timers.pass(Duration.ofSeconds(1));
    assertEquals("{a=[77]}", ports.toString());
  }

  @Test
  void the_whole_is_read_once_in_a_while() {
    timers.pass(Duration.ofMinutes(11));
    assertEquals(List.of("whole", "whole"), catalog.asked);
    assertEquals(List.of(), deliveries);
  }

  @Test
  void a_node_in_trouble_is_one_question_however_many_services_it_has() {
    for (int i = 0; i < 100; i++) {
      catalog.put("n" + i, "n-" + i, "urlprefix-/n" + i, 1000 + i, "passing");
    }
    catalog.tell(sync, News.CHANGE);
    timers.pass(Duration.ofSeconds(20));
    catalog.asked.clear();
    for (int i = 0; i < 100; i++) {
      catalog.put("n" + i, "n-" + i, "urlprefix-/n" + i, 1000 + i, "critical");
    }
    catalog.tell(sync, News.CHANGE);
    timers.pass(Duration.ofSeconds(1));
    long single =
        catalog.asked.stream().filter(question -> question.startsWith("service ")).count();
    assertTrue(single <= 2, single + " single reads");
  }
}
