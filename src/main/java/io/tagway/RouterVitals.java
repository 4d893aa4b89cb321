package io.tagway;

import io.tagway.admin.Vitals;
import io.tagway.admin.Vitals.Certificate;
import io.tagway.admin.Vitals.Listening;
import io.tagway.config.ListenerSettings;
import io.tagway.config.Proto;
import io.tagway.metrics.ProcessMemory;
import io.tagway.proxy.LoopLag;
import io.tagway.tls.ServerCertificate;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Gathers what the page Health shows of this process. */
record RouterVitals(List<LoopLag> lags, TlsServers tls) {
  /** As it is now; takes milliseconds. */
  Vitals with(List<Listening> listeners) {
    return new Vitals(
        Runtime.version().toString(),
        Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
        listeners,
        tls.certificates().stream()
            .map(RouterVitals::certificate)
            .sorted(Comparator.comparing(Certificate::end))
            .toList(),
        lags.stream().map(LoopLag::seconds).toList(),
        ProcessMemory.now());
  }

  /**
   * What there is to see of a listener.
   *
   * @param port the one that was bound; 0 if it is not open
   */
  static Listening listening(String role, ListenerSettings settings, int port) {
    boolean followsRoutes = settings.proto() == Proto.TCP_DYNAMIC;
    return new Listening(
        role,
        port > 0 ? settings.addressAt(port) : settings.address(),
        settings.proto().word(),
        settings.certSource().map(ListenerSettings.CertSource::name).orElse(""),
        port > 0 || followsRoutes);
  }

  private static Certificate certificate(ServerCertificate certificate) {
    return new Certificate(
        List.copyOf(certificate.names()),
        certificate.chain().get(0).getIssuerX500Principal().getName(),
        certificate.file(),
        certificate.chain().get(0).getNotBefore().toInstant(),
        certificate.end());
  }
}
