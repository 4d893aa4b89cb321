package io.tagway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The machine's Chromium: {@code $CHROMIUM}, or the first {@code chromium}, {@code google-chrome}
 * on the PATH. Nothing is downloaded.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  public Browser() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setHeadless(true)
                    .setArgs(ARGUMENTS));
  }

  private static Path executable() {
    String chosen = System.getenv("CHROMIUM");
    if (chosen != null) {
      return Path.of(chosen);
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no chromium on the PATH, nor in $CHROMIUM"));
  }

  /** A page of its own with everything that it complains about. */
  public record Tab(Page page, List<String> complaints) implements AutoCloseable {
    /** Nothing was refused, thrown or complained about. */
    void assertCalm() {
      assertEquals(List.of(), complaints);
    }

    @Override
    public void close() {
      page.context().close();
    }
  }

  public com.microsoft.playwright.Browser chromium() {
    return browser;
  }

  public Tab open(String url) {
    return open(url, 1280, 760, ColorScheme.LIGHT);
  }

  public Tab open(String url, int width, int height, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme));
    context.setDefaultTimeout(15_000);
    Page page = context.newPage();
    List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.navigate(url);
    return new Tab(page, complaints);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
