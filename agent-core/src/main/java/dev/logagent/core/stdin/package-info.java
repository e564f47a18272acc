/** Stage 2 of 8, for standard input. */
@NullMarked
package dev.logagent.core.stdin;

import org.jspecify.annotations.NullMarked;
