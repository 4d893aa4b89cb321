/**
 * Who may pass: the schemes of {@code proxy.auth}, which answer an Authorization header with a
 * verdict. May import {@code config}, Vert.x core and the libraries of the hash forms. Must not
 * know routes, requests or answers.
 */
@NullMarked
package io.tagway.auth;

import org.jspecify.annotations.NullMarked;
