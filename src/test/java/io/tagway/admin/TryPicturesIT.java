package io.tagway.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tagway.admin.Browser.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Takes the pictures of Try to look at: {@code target/screenshots}. docs/ui.md shows two. */
@Tag("pictures")
class TryPicturesIT {
  private static final Path FOLDER = Path.of("target", "screenshots");

  private static final String CHECKOUT =
      "url=http%3A%2F%2Fshop.example.com%2Fcheckout%2Fpay%3Fcart%3D7&client=203.0.113.9"
          + "&header=User-Agent%3A+curl%2F8.5.0&header=X-Forwarded-For%3A+198.51.100.4"
          + "&header=Connection%3A+keep-alive";

  private static final String ASSETS = "url=https%3A%2F%2Fshop.example.com%2Fassets%2Flogo.svg";
  private static final String LARGE = "url=http%3A%2F%2Fhost-0123.example.com%2Fpart-1%2Fx";

  /** A browser of one colour scheme. */
  private record Camera(Browser browser, ColorScheme scheme) {
    void take(AdminServer server, int width, int height, String name, String query) {
      try (Tab tab = browser.open(server.url("/try?" + query), width, height, scheme)) {
        Page page = tab.page();
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.locator(".verdict, .fault, .hint-panel button").locator("visible=true"))
            .hasCount(1);
        String file = name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png";
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(file)));
      }
    }
  }

  @Test
  void pictures() throws IOException {
    Files.createDirectories(FOLDER);
    try (Browser browser = new Browser();
        AdminServer middle =
            AdminServer.start(
                PicturesIT.shop(), AdminServer.ui(true, "", "eu-west", AdminServer.NO_LINK));
        AdminServer large = AdminServer.start(Tables.ofSize(10_000))) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        Camera camera = new Camera(browser, scheme);
        camera.take(middle, 1280, 760, "try", CHECKOUT);
        camera.take(middle, 390, 1320, "try-phone", CHECKOUT);
        camera.take(middle, 1280, 620, "try-strip", ASSETS);
        camera.take(middle, 1280, 420, "try-redirect", "url=www.example.com/a");
        camera.take(middle, 1280, 420, "try-none", "url=http://shop.example.com:9999/");
        camera.take(middle, 1280, 420, "try-empty", "");
        camera.take(middle, 1280, 420, "try-fault", "url=ftp://shop.example.com");
        camera.take(large, 1280, 620, "try-large", LARGE);
      }
    }
  }
}
