/**
 * What must not cost a request: deploys, deaths, a registry that is away. Each is a program that
 * prints its figures ({@code make bench} runs it in full) and a component test that runs it short.
 */
@NullMarked
package io.tagway.chaos;

import org.jspecify.annotations.NullMarked;
