package io.tagway.consul;

import io.vertx.core.buffer.Buffer;

/**
 * What the agent said to a read.
 *
 * @param status 200, or 404 for a key that is absent; everything else is a {@link ConsulFailure}
 * @param index {@code X-Consul-Index}, 0 if the answer had none
 * @param body as it came, empty with 404
 */
public record Answer(int status, long index, Buffer body) {
  /** Whether the thing asked for does not exist. */
  public boolean isAbsent() {
    return status == 404;
  }
}
