/** Tests: sources that are no files. */
@NullMarked
package dev.logagent.core.stdin;

import org.jspecify.annotations.NullMarked;
