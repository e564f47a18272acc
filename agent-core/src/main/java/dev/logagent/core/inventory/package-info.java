/**
 * Before stage 1: looks for logs where no configuration names any, says what each file is, and keeps the list. A detector
 * follows what is found as it follows files that were configured.
 */
@NullMarked
package dev.logagent.core.inventory;

import org.jspecify.annotations.NullMarked;
