package io.tagway.admin;

import io.tagway.admin.Vitals.Certificate;
import io.tagway.admin.Vitals.Listening;
import io.tagway.metrics.ProcessMemory;
import io.tagway.registry.Fault;
import io.tagway.registry.Registry;
import io.tagway.registry.RegistryTraffic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** {@code /api/health}: how the router is, for the page Health. Not for an event loop. */
final class HealthReport {
  private final Registry registry;
  private final StatusReport status;
  private final Insight insight;
  private final String version;
  private final InstantSource clock;

  HealthReport(
      Registry registry,
      StatusReport status,
      Insight insight,
      String version,
      InstantSource clock) {
    this.registry = registry;
    this.status = status;
    this.insight = insight;
    this.version = version;
    this.clock = clock;
  }

  String json(LiveTable.Snapshot snapshot) {
    Vitals vitals = insight.vitals().get();
    Instant now = clock.instant();
    StringBuilder out = new StringBuilder();
    TableJson.text(out.append("{\"router\":{"), "version", version);
    TableJson.text(out.append(','), "java", vitals.java());
    TableJson.seconds(out.append(",\"upSeconds\":"), vitals.started(), now);
    out.append("},\"registry\":");
    status.summary(out, snapshot);
    RegistryTraffic traffic = registry.traffic();
    out.append(",\"answered\":").append(traffic.answered());
    out.append(",\"failed\":").append(traffic.failed());
    out.append(",\"problems\":").append(registry.problems().size());
    out.append(",\"absent\":").append(registry.absent().size());
    TableJson.list(
        out.append(",\"faults\":"), registry.faults(), (text, fault) -> fault(text, fault, now));
    TableJson.list(out.append("},\"listeners\":"), vitals.listeners(), HealthReport::listener);
    TableJson.list(
        out.append(",\"certificates\":"),
        vitals.certificates(),
        (text, certificate) -> certificate(text, certificate, now));
    TableJson.list(out.append(",\"loopLagSeconds\":"), vitals.loopLagSeconds(), GoJson::number);
    memory(out.append(",\"memory\":"), vitals.memory());
    insight.anycast().get().ifPresent(bgp -> AnycastJson.whole(out.append(",\"bgp\":"), bgp, now));
    return out.append('}').toString();
  }

  private static void fault(StringBuilder out, Fault fault, Instant now) {
    TableJson.seconds(out.append("{\"agoSeconds\":"), fault.last(), now);
    out.append(",\"times\":").append(fault.times());
    TableJson.text(out.append(','), "text", fault.text());
    out.append('}');
  }

  private static void listener(StringBuilder out, Listening listener) {
    TableJson.text(out.append('{'), "role", listener.role());
    TableJson.text(out.append(','), "address", listener.address());
    TableJson.text(out.append(','), "protocol", listener.protocol());
    TableJson.text(out.append(','), "certificateSource", listener.certificateSource());
    out.append(",\"open\":").append(listener.isOpen()).append('}');
  }

  private static void certificate(StringBuilder out, Certificate certificate, Instant now) {
    TableJson.list(out.append("{\"names\":"), certificate.names(), GoJson::string);
    TableJson.text(out.append(','), "issuer", certificate.issuer());
    TableJson.text(out.append(','), "file", certificate.file());
    TableJson.text(out.append(','), "begin", certificate.begin().toString());
    TableJson.text(out.append(','), "end", certificate.end().toString());
    long left = Duration.between(now, certificate.end()).toSeconds();
    out.append(",\"leftSeconds\":").append(left).append('}');
  }

  private static void memory(StringBuilder out, ProcessMemory memory) {
    out.append("{\"heapBytes\":").append(memory.heapBytes());
    out.append(",\"heapMaxBytes\":").append(memory.heapMaxBytes());
    out.append(",\"directBytes\":").append(memory.directBytes());
    out.append(",\"residentBytes\":").append(memory.residentBytes()).append('}');
  }
}
