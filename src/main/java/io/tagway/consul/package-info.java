/**
 * Talks to a Consul agent: plain reads and writes ({@link io.tagway.consul.ConsulAgent}) and the
 * one loop that waits for news ({@link io.tagway.consul.LongPoll}).
 *
 * <p>May import config, outbound, Vert.x and the JDK. Built on vertx-web-client alone:
 * vertx-consul-client knows neither {@code stale}, {@code filter} nor {@code ns}, never resets the
 * index of a watch and cannot register two checks with one service, so that nothing would be left
 * for it to do.
 *
 * <p>Must not know what the answers mean: it hands on bodies as they came.
 */
@NullMarked
package io.tagway.consul;

import org.jspecify.annotations.NullMarked;
