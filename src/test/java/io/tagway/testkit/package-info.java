/** What the component tests share: real processes, conditions to wait on, the kernel's figures. */
@NullMarked
package io.tagway.testkit;

import org.jspecify.annotations.NullMarked;
