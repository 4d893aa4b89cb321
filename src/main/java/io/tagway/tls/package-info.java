/**
 * Certificates of listeners, from files, HTTP, Consul or Vault, and TLS made of them: which
 * certificate a client gets, which versions and suites, which client certificates. May import
 * config, outbound, consul, Vert.x, Netty and the JDK. Must not know routes, requests or who
 * listens.
 */
@NullMarked
package io.tagway.tls;

import org.jspecify.annotations.NullMarked;
