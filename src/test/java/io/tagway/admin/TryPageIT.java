package io.tagway.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tagway.admin.Browser.Tab;
import io.tagway.route.Table;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TryPageIT {
  private static final String[] SHOP = {
    "route add shop shop.test/ http://10.0.0.1:8080/ weight 0.9",
    "route add shop-next shop.test/ http://10.0.0.2:8080/",
    "route add cart shop.test/cart http://10.0.0.3:8080/ opts \"strip=/cart\"",
    "route add wild *.test/ https://10.0.0.4/ opts \"deny=ip:192.0.2.0/24\"",
  };

  private Browser browser = new Browser();
  private AdminServer server = AdminServer.start(Tables.of(SHOP));

  @BeforeAll
  void warm() {
    browser.open(server.url("/try")).close();
  }

  @AfterEach
  void fresh() {
    server.close();
    server = AdminServer.start(Tables.of(SHOP));
  }

  @AfterAll
  void stop() {
    server.close();
    browser.close();
  }

  private void serve(Table table) {
    server.close();
    server = AdminServer.start(table);
  }

  private static Locator verdict(Page page) {
    return page.locator(".verdict");
  }

  @Test
  void aRequestIsAnsweredAsItIsTypedAndStaysInTheAddress() {
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      page.locator("#views a").filter(new Locator.FilterOptions().setHasText("Try")).click();
      assertThat(page.locator(".hint-panel")).containsText("Nothing is sent");
      page.keyboard().press("/");
      page.keyboard().type("http://shop.test/cart/7?x=1");
      assertThat(verdict(page))
          .hasText(
              "GET shop.test/cart/7?x=1 goes to service cart: among the routes of shop.test, /cart"
                  + " is the longest path that fits.");
      assertThat(page)
          .hasURL(Pattern.compile("/try\\?url=http%3A%2F%2Fshop.test%2Fcart%2F7%3Fx%3D1$"));
      page.keyboard().press("Shift+Tab");
      page.keyboard().type("POST");
      assertThat(verdict(page)).containsText("POST shop.test");
      page.locator("#try-client").fill("192.0.2.9");
      page.locator("summary").click();
      page.locator("#try-headers").fill("X-Forwarded-For: 198.51.100.1\nAccept: a/b");
      assertThat(page.locator(".head-lines .altered"))
          .hasText(
              new String[] {
                "±altered: POST /7?x=1 HTTP/1.1was POST /cart/7?x=1 HTTP/1.1",
                "±altered: X-Forwarded-For: 198.51.100.1, 192.0.2.9was 198.51.100.1"
              });
      assertThat(page.locator(".head-lines li").nth(2)).hasText("Accept: a/b");
      page.reload();
      assertThat(verdict(page)).containsText("POST shop.test");
      assertThat(page.locator("#try-method")).hasValue("POST");
      assertThat(page.locator("#try-client")).hasValue("192.0.2.9");
      assertThat(page.locator("#try-headers"))
          .hasValue("X-Forwarded-For: 198.51.100.1\nAccept: a/b");
      tab.assertCalm();
    }
  }

  @Test
  void hostsAndPathsAreSeenInTheOrderInWhichTheyAreTried() {
    try (Tab tab = browser.open(server.url("/try?url=shop.test/cat"))) {
      Page page = tab.page();
      Locator hosts = page.locator(".hosts > li");
      assertThat(hosts).hasCount(2);
      assertThat(hosts.nth(0).locator("> .step")).hasText("✓shop.test fits and answers");
      assertThat(hosts.nth(0).locator(".paths li"))
          .hasText(
              new String[] {"–/cart does not fitcart", "✓/ the longest that fitsshop, shop-next"});
      assertThat(hosts.nth(0).locator(".other")).hasText("rt");
      assertThat(hosts.nth(1)).hasText("·*.test fits too, but is not asked any more");
      tab.assertCalm();
    }
  }

  @Test
  void aHostThatMayHaveBeenMeantIsOneClickAway() {
    serve(Tables.of("route add shop shop.test/a http://10.0.0.1:8080/"));
    try (Tab tab = browser.open(server.url("/try?url=https://shop.test:9999/a/b?c"))) {
      Page page = tab.page();
      assertThat(verdict(page)).containsText("Close to its host the table has shop.test.");
      page.locator(".near button").click();
      assertThat(page.locator("#try-url")).hasValue("https://shop.test/a/b?c");
      assertThat(page.locator("#try-url")).isFocused();
      assertThat(verdict(page)).containsText("goes to service shop");
      tab.assertCalm();
    }
  }

  @Test
  void sharesAreSeenAndAnyTargetCanBeLookedAt() {
    try (Tab tab = browser.open(server.url("/try?url=shop.test/"))) {
      Page page = tab.page();
      Locator targets = page.locator(".choice .target");
      assertThat(targets)
          .hasText(
              new String[] {"90 %shophttp://10.0.0.1:8080/", "10 %shop-nexthttp://10.0.0.2:8080/"});
      assertThat(targets.nth(0)).hasAttribute("aria-pressed", "true");
      assertThat(page.locator(".over")).containsText("HTTP/1.1 to 10.0.0.1:8080");
      targets.nth(1).click();
      assertThat(targets.nth(1)).hasAttribute("aria-pressed", "true");
      assertThat(page.locator(".over")).containsText("HTTP/1.1 to 10.0.0.2:8080");
      tab.assertCalm();
    }
  }

  @Test
  void aRefusalNamesTheAddressAndTheRule() {
    try (Tab tab = browser.open(server.url("/try?url=https://other.test/&client=192.0.2.77"))) {
      Page page = tab.page();
      assertThat(verdict(page))
          .containsText("is refused with 403: 192.0.2.77 is in ip:192.0.2.0/24");
      assertThat(verdict(page)).hasAttribute("data-ending", "denied");
      assertThat(page.locator(".own")).hasText("The router answers with 403.");
      assertThat(page.locator(".head-lines")).hasCount(0);
      tab.assertCalm();
    }
  }

  @Test
  void whatIsWrongIsSaidAtItsField() {
    try (Tab tab = browser.open(server.url("/try?url=shop.test/"))) {
      Page page = tab.page();
      assertThat(verdict(page)).containsText("shop.test");
      page.locator("#try-client").fill("somewhere");
      assertThat(page.locator(".fault")).containsText("Client: \"somewhere\" is no IP address");
      assertThat(page.locator("#try-client")).hasAttribute("aria-invalid", "true");
      assertThat(page.locator(".try")).hasClass("try outdated");
      page.locator("#try-client").fill("10.0.0.1");
      assertThat(page.locator(".fault")).isHidden();
      assertThat(page.locator("#try-client")).hasAttribute("aria-invalid", "false");
      assertThat(page.locator(".try")).hasClass("try");
      // Chromium reports each answer of 400 by itself.
      assertTrue(
          tab.complaints().stream().allMatch(each -> each.contains("400")),
          tab.complaints().toString());
    }
  }

  @Test
  void aChangeOfTheTableChangesTheAnswer() {
    try (Tab tab = browser.open(server.url("/try?url=shop.test/cart"))) {
      Page page = tab.page();
      assertThat(verdict(page)).containsText("service cart");
      server.registry.swap(Tables.of(SHOP[0], SHOP[1], SHOP[3]));
      assertThat(verdict(page)).containsText("services shop, shop-next, 2 targets");
      server.registry.swap(Tables.of());
      assertThat(verdict(page)).containsText("has no route and is answered with 404");
      tab.assertCalm();
    }
  }

  @Test
  void aRouteLeadsHere() {
    try (Tab tab = browser.open(server.url("/routes"))) {
      Page page = tab.page();
      page.evaluate("window.sameDocument = true");
      page.locator(".canvas .row").filter(new Locator.FilterOptions().setHasText("cart")).click();
      page.locator("#drawer").getByText("Try a request").click();
      assertThat(page.locator("#try-url")).hasValue("http://shop.test/cart");
      assertThat(verdict(page)).containsText("service cart");
      assertThat(page.locator("#drawer")).isHidden();
      page.goBack();
      assertThat(page.locator(".canvas .row:not([hidden])")).hasCount(4);
      assertEquals(true, page.evaluate("window.sameDocument"));
      tab.assertCalm();
    }
  }

  @Test
  void aCommandForCurlCanBeCopied() {
    String url = "/try?url=http://shop.test/cart/it%27s&client=192.0.2.9&header=Accept:%20a/b";
    try (Tab tab = browser.open(server.url(url))) {
      Page page = tab.page();
      page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
      page.locator(".copy").click();
      assertThat(page.locator(".copy")).hasText("Copied");
      assertEquals(
          "curl -v --path-as-is --globoff -X 'GET' -H 'Host: shop.test' -H 'Accept: a/b' -H"
              + " 'X-Real-Ip: 192.0.2.9' -H 'X-Forwarded-Proto: http' -H 'X-Forwarded-Port: 80' -H"
              + " 'X-Forwarded-Host: shop.test' -H 'Forwarded: for=192.0.2.9; proto=http;"
              + " by=10.9.8.7; httpproto=http/1.1' -H 'X-Forwarded-For: 192.0.2.9' -H"
              + " 'X-Forwarded-Prefix: /cart' -H 'X-Request-Id:"
              + " 00000000-0000-4000-8000-000000000000' -H 'User-Agent:'"
              + " 'http://10.0.0.3:8080/it'\\''s'",
          page.evaluate("navigator.clipboard.readText()"));
      // Without TLS and by address there is no such thing.
      page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
      page.locator("#try-method").fill("PUT");
      assertThat(page.locator(".copy")).hasText("Copy as curl");
      page.locator(".copy").click();
      assertThat(page.locator(".copy")).hasText("Copied");
      tab.assertCalm();
    }
  }

  @Test
  void whatIsTypedAndWhatServicesWriteIsOnlyEverText() {
    serve(
        Tables.of(
            "route add <b>svc</b> x.test/<i> http://10.0.0.1:80/ tags \"<img src=x"
                + " onerror=hacked=1>\""));
    String evil = "%3Cscript%3Ewindow.hacked=1%3C/script%3E";
    try (Tab tab = browser.open(server.url("/try?url=x.test/%3Ci%3E" + evil))) {
      Page page = tab.page();
      assertThat(verdict(page))
          .containsText("<script>window.hacked=1</script> goes to service <b>svc</b>");
      assertEquals(0, page.locator(".try script, .try b, .try i, .try img").count());
      assertNull(page.evaluate("window.hacked"));
      tab.assertCalm();
    }
  }

  @Test
  void aTableOfTenThousandRoutesIsNoSlower() {
    serve(Tables.ofSize(10_000));
    try (Tab tab = browser.open(server.url("/try"))) {
      Page page = tab.page();
      assertThat(page.locator(".hint-panel button")).isVisible();
      MainThread.Longest longest =
          MainThread.during(
              browser.chromium(),
              page,
              () -> {
                page.locator("#try-url").pressSequentially("http://host-0123.example.com/part-1/x");
                assertThat(verdict(page)).containsText("service svc-00370");
                for (int i = 1; i <= 5; i++) {
                  server.registry.swap(
                      server
                          .registry
                          .table()
                          .get()
                          .withServices(
                              Map.of(
                                  "svc-00370", List.of(Tables.line("svc-00370", 370, 100 + i)))));
                  assertThat(page.locator(".choice")).containsText("." + (100 + i) + ":8080");
                }
              });
      System.out.printf(
          "longest task while trying at 10,000 routes: %.0f ms of processor%n",
          longest.processor());
      assertTrue(longest.processor() < 100, longest.toString());
      tab.assertCalm();
    }
  }

  @Test
  void aPhoneNeedsNoSidewaysScrolling() {
    String url =
        "/try?url=shop.test/cart/" + "long-".repeat(40) + "&header=X-Long:%20" + "y".repeat(300);
    try (Tab tab = browser.open(server.url(url), 360, 640, ColorScheme.LIGHT)) {
      Page page = tab.page();
      assertThat(page.locator(".head-lines")).isVisible();
      assertEquals(
          0,
          page.evaluate(
              "Math.max(...['html', '.bar', '.try', '.head-lines', '.verdict'].map((each) => {"
                  + " const e = document.querySelector(each); return e.scrollWidth -"
                  + " e.clientWidth; }))"));
      tab.assertCalm();
    }
  }
}
