package io.tagway.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.tagway.admin.Browser.Tab;
import io.tagway.metrics.TargetStats;
import io.tagway.registry.Absent;
import io.tagway.route.Command;
import io.tagway.route.Line;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the view of routes shows of traffic and health, and in which order. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveRoutesIT {
  private static final String[] ROUTES = {
    "route add any /shop http://10.0.0.1:80/ tags \"canary\"",
    "route add shop shop.test/ http://10.0.0.2:80/ tags \"eu\"",
    "route add cart shop.test/cart http://10.0.0.3:80/ tags \"eu,canary\"",
    "route add wild *.test/ http://10.0.0.4:80/",
    "route add wilder *.shop.test/ http://10.0.0.5:80/",
    "route add db :5432 tcp://10.0.0.6:5432 opts \"proto=tcp\"",
  };

  private final Browser browser = new Browser();
  private AdminServer server;

  @BeforeEach
  void serve() {
    server = AdminServer.start(Tables.of(ROUTES));
    server.stats =
        Traffic.of(
            target ->
                switch (target.service()) {
                  case "shop" -> 20;
                  case "cart" -> 300;
                  case "any" -> 5;
                  default -> 0;
                },
            target -> target.service().equals("any") ? 0.5 : 0);
  }

  @AfterEach
  void end() {
    server.close();
  }

  @AfterAll
  void stop() {
    browser.close();
  }

  private static Locator rows(Page page) {
    return page.locator(".canvas > .row:not([hidden])");
  }

  private static List<String> services(Page page) {
    return page.locator(".canvas > .row:not([hidden]) > .service").allInnerTexts();
  }

  private static Locator row(Page page, String service) {
    return rows(page)
        .filter(
            new Locator.FilterOptions()
                .setHas(page.locator(".service", new Page.LocatorOptions().setHasText(service))));
  }

  private void lack(String reason) {
    Line line =
        Tables.tag("shop", "n7", "shop-7", "route add shop shop.test/ http://10.0.0.77:80/");
    server.registry.lack(List.of(new Absent((Command.Add) line.command(), line.origin(), reason)));
  }

  @Test
  void numbersOfTrafficAppearAndGo() {
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      Locator cart = row(page, "cart");
      assertThat(cart.locator(".rate")).hasText(Pattern.compile("29\\d|30\\d"));
      assertThat(cart.locator(".errors")).hasText("0 %");
      assertThat(cart.locator(".p50")).hasText("5.1 ms");
      assertThat(cart.locator(".p99")).hasText("338 ms");
      assertThat(cart.locator(".open")).hasText("17");
      assertThat(row(page, "any").locator(".errors"))
          .hasText(Pattern.compile("(4|5)\\d(\\.\\d)? %"));
      assertThat(row(page, "any").locator(".errors")).hasClass(Pattern.compile("bad"));
      assertThat(row(page, "db").locator(".rate")).isEmpty();
      server.stats = target -> TargetStats.NOTHING;
      assertThat(cart.locator(".rate")).isEmpty();
      assertThat(cart.locator(".p99")).isEmpty();
      tab.assertCalm();
    }
  }

  @Test
  void theDrawerFollowsTheNumbersAndNamesTheAnswers() {
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      row(page, "any").click();
      Locator drawer = page.locator("#drawer");
      assertThat(drawer).containsText("200 404 502");
      assertThat(drawer).containsText("the only target");
      server.stats = target -> TargetStats.NOTHING;
      assertThat(drawer).not().containsText("404");
      tab.assertCalm();
    }
  }

  @Test
  void hostsStandInTheOrderOfMatching() {
    try (Tab tab = browser.open(server.url("/routes"))) {
      assertThat(rows(tab.page())).hasCount(6);
      assertEquals(List.of("cart", "shop", "wilder", "wild", "any", "db"), services(tab.page()));
    }
  }

  @Test
  void aPrefixLooksInOnePlaceAndAnUnknownOneIsText() {
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      assertThat(rows(page)).hasCount(6);
      assertFilter(page, "shop", "cart", "shop", "wilder", "any");
      assertFilter(page, "host:shop", "cart", "shop", "wilder");
      assertFilter(page, "path:/SHOP", "any");
      assertFilter(page, "service:wild", "wilder", "wild");
      assertFilter(page, "tag:canary", "cart", "any");
      assertFilter(page, "tag:canary host:shop", "cart");
      assertFilter(page, "http://10.0.0.2:80", "shop");
      assertFilter(page, ":5432", "db");
      assertFilter(page, "host:", "cart", "shop", "wilder", "wild", "any", "db");
      assertFilter(page, "proto:tcp");
      assertThat(page.locator(".message")).containsText("proto:tcp");
      tab.assertCalm();
    }
  }

  private static void assertFilter(Page page, String text, String... expected) {
    page.locator("#filter").fill(text);
    assertThat(rows(page)).hasCount(expected.length);
    assertEquals(List.of(expected), services(page), text);
  }

  @Test
  void aStatusFindsTheTargetsThatAnsweredSo() {
    try (Tab tab = browser.open(server.url("/routes?filter=code:5xx"))) {
      Page page = tab.page();
      assertThat(rows(page)).hasCount(1);
      assertEquals(List.of("any"), services(page));
      page.locator("#filter").fill("code:304");
      assertThat(rows(page)).hasCount(2);
      page.locator("#filter").fill("code:418");
      assertThat(page.locator(".message")).containsText("Nothing matches");
      page.locator("#filter").fill("code:502");
      assertThat(rows(page)).hasCount(1);
      server.stats = target -> TargetStats.NOTHING;
      assertThat(rows(page)).hasCount(0); // nobody did so lately any more
      tab.assertCalm();
    }
  }

  @Test
  void aHeadSortsByClickAndByKeyAndTheAddressKeepsIt() {
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      Locator head = page.locator(".head .rate");
      assertThat(row(page, "cart").locator(".rate")).not().isEmpty();
      head.locator("button").click();
      assertThat(head).hasAttribute("aria-sort", "descending");
      assertEquals(List.of("cart", "shop", "any"), services(page).subList(0, 3));
      assertThat(page).hasURL(Pattern.compile(".*\\?sort=-rate$"));
      assertThat(page.locator(".switch [aria-pressed=true]")).hasText("Flat");
      head.locator("button").press("Enter");
      assertThat(head).hasAttribute("aria-sort", "ascending");
      assertEquals("cart", services(page).get(5));
      head.locator("button").press("ArrowRight");
      assertThat(page.locator(".head .errors button")).isFocused();
      page.keyboard().press("Home");
      page.keyboard().press("ArrowRight");
      page.keyboard().press("Enter");
      assertThat(page.locator(".head .service")).hasAttribute("aria-sort", "ascending");
      assertEquals(List.of("any", "cart", "db", "shop", "wild", "wilder"), services(page));
      page.reload();
      assertThat(page.locator(".head .service")).hasAttribute("aria-sort", "ascending");
      assertThat(rows(page)).hasCount(6);
      assertEquals("any", services(page).get(0));
      page.locator(".switch").getByText("By host").click();
      assertEquals(List.of("cart", "shop", "wilder", "wild", "any", "db"), services(page));
      assertThat(page).hasURL(Pattern.compile(".*/routes$"));
      assertThat(page.locator(".head [aria-sort]")).hasCount(0);
      tab.assertCalm();
    }
  }

  @Test
  void theRowInOrderOfANumberFollowsTheTraffic() {
    try (Tab tab = browser.open(server.url("/routes?sort=-rate"))) {
      Page page = tab.page();
      Locator top = page.locator(".row[aria-rowindex='2'] .service");
      assertThat(top).hasText("cart");
      server.stats = Traffic.of(target -> target.service().equals("db") ? 900 : 1, target -> 0);
      assertThat(top).hasText("db");
      tab.assertCalm();
    }
  }

  @Test
  void anAddressLeadsToARow() {
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      page.locator("#filter").fill("eu");
      assertThat(rows(page)).hasCount(2);
      row(page, "cart").click();
      assertThat(page).hasURL(Pattern.compile(".*filter=eu.*row=cart.*"));
      String address = page.url();
      try (Tab other = browser.open(address)) {
        assertThat(other.page().locator(".row[aria-selected=true]")).containsText("10.0.0.3");
        assertThat(other.page().locator("#drawer")).containsText("shop.test/cart");
        assertThat(rows(other.page())).hasCount(2);
        other.assertCalm();
      }
      page.locator("#views").getByText("Health").click();
      page.goBack();
      assertThat(page.locator("#filter")).hasValue("eu");
      assertThat(rows(page)).hasCount(2);
      page.locator("#views").getByText("Routes").click();
      assertThat(page.locator("#filter")).hasValue("");
      assertThat(rows(page)).hasCount(6);
      tab.assertCalm();
    }
  }

  @Test
  void aLinkToWhatIsNotWellWaitsForItAndSaysWhenItIsGone() {
    lack("check shop is critical");
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      page.locator(".row.absent").click();
      assertThat(page).hasURL(Pattern.compile(".*row=shop.*"));
      // The table is there before what is not well.
      List<Route> held = new CopyOnWriteArrayList<>();
      page.route("**/api/absent", held::add);
      page.reload();
      assertThat(rows(page)).hasCount(6);
      page.waitForCondition(() -> !held.isEmpty());
      assertThat(page.locator("#drawer")).isHidden();
      held.get(0).resume();
      assertThat(page.locator("#drawer")).containsText("No traffic: check shop is critical");
      page.unroute("**/api/absent");
      server.registry.lack(List.of());
      assertThat(page.locator("#drawer")).containsText("Not in the table since");
      page.reload();
      assertThat(page.locator(".missing")).containsText("not in the table any more");
      row(page, "cart").click();
      assertThat(page.locator(".missing")).isHidden();
      assertThat(page).hasURL(Pattern.compile(".*row=cart.*"));
      page.keyboard().press("Escape");
      assertThat(page).hasURL(Pattern.compile(".*/routes$"));
      row(page, "cart").click();
      page.locator("#views").getByText("Routes").click();
      assertThat(page.locator("#drawer")).isHidden();
      tab.assertCalm();
    }
  }

  @Test
  void whatIsNotWellIsGreyWithItsReasonUntilItIsWell() {
    lack("check <b>shop</b>-http is critical");
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      Locator absent = page.locator(".canvas > .row.absent:not([hidden])");
      assertThat(absent).hasCount(1);
      assertThat(absent).containsText("check <b>shop</b>-http is critical");
      assertThat(absent).containsText("http://10.0.0.77:80/");
      assertThat(page.locator(".counts")).hasText("6 routes, 6 targets, 6 services, 1 unhealthy");
      assertThat(rows(page)).hasCount(7);
      assertEquals("shop", services(page).get(2), "after the targets of its route");
      page.locator("#filter").fill("unhealthy");
      assertThat(rows(page)).hasCount(1);
      absent.click();
      assertThat(page.locator("#drawer")).containsText("No traffic: check <b>shop</b>-http");
      assertThat(page.locator("#drawer")).containsText("instance shop-7 on node n7");
      page.keyboard().press("Escape");
      page.keyboard().press("Escape");
      assertThat(rows(page)).hasCount(7);
      server.registry.lack(List.of());
      assertThat(rows(page)).hasCount(6);
      tab.assertCalm();
    }
  }

  @Test
  void anotherProcessIsAskedAnewForWhatIsNotWell() {
    lack("check old is critical");
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      assertThat(page.locator(".row.absent")).containsText("check old is critical");
      int port = server.stopListening();
      server.close();
      server = AdminServer.start(Tables.of(ROUTES), AdminServer.ui(false, ""), port);
      lack("check new is critical"); // the first of its kind, as the other was
      assertThat(page.locator(".row.absent"))
          .containsText(
              "check new is critical",
              new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
    }
  }

  @Test
  void aPageOpenedInTheBackgroundGivesItsStreamBack() {
    try (Tab tab = browser.open(server.url("/api/version"))) {
      Page page = tab.page();
      page.clock().install();
      page.addInitScript(
          "window.unseen = true; Object.defineProperty(document, 'hidden', { get: () => unseen });"
              + "window.streams = []; const Stream = EventSource; window.EventSource ="
              + " class extends Stream { constructor(url) { super(url); streams.push(this); } }");
      page.navigate(server.url("/routes"));
      assertThat(rows(page)).hasCount(6);
      String open = "streams.filter((each) => each.readyState < 2).length";
      assertEquals(1, page.evaluate(open));
      page.clock().fastForward(61_000);
      assertEquals(0, page.evaluate(open));
      page.evaluate("unseen = false; document.dispatchEvent(new Event('visibilitychange'))");
      server.registry.swap(Tables.of(ROUTES[0]));
      assertThat(rows(page)).hasCount(1);
      tab.assertCalm();
    }
  }

  @Test
  void aPhoneOrdersByAList() {
    lack("the node is in maintenance");
    try (Tab tab = browser.open(server.url("/routes"), 360, 700, ColorScheme.DARK)) {
      Page page = tab.page();
      assertThat(rows(page)).hasCount(7);
      page.locator("select.order").selectOption("-rate");
      assertThat(page.locator(".row[aria-rowindex='2'] .service")).hasText("cart");
      assertThat(page.locator(".row.absent .reason")).isVisible();
      assertEquals(
          0,
          page.evaluate(
              "Math.max(...['html', '.bar', '.tools', '.grid'].map((each) => { const e ="
                  + " document.querySelector(each); return e.scrollWidth - e.clientWidth; }))"));
      tab.assertCalm();
    }
  }

  @Test
  void theGuideSaysHowAFilterIsWritten() {
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      page.locator(".help").click();
      assertThat(page.locator("#drawer")).containsText("code:5xx");
      page.keyboard().press("Escape");
      assertThat(page.locator("#drawer")).isHidden();
      assertThat(page.locator(".help")).isFocused();
      tab.assertCalm();
    }
  }
}
