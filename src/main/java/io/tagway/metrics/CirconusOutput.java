package io.tagway.metrics;

import io.tagway.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Circonus: a JSON text put to the submission URL of an HTTPTrap. Counters and gauges as they
 * stand, durations in nanoseconds as a histogram of what came since the last sending.
 */
final class CirconusOutput implements Output {
  private final CirconusText text;
  private final Settings.Circonus settings;
  private final Duration limit;
  private final HttpClient client;

  CirconusOutput(Meters meters, Names names, Settings.Circonus settings, Duration limit) {
    this.text = new CirconusText(meters, names);
    this.settings = settings;
    this.limit = limit;
    this.client = HttpClient.newBuilder().connectTimeout(limit).build();
  }

  @Override
  public String name() {
    return "circonus";
  }

  @Override
  public void send() throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(settings.submissionUrl()))
            .timeout(limit)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(text.next()))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        throw new IOException("it answered with status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
