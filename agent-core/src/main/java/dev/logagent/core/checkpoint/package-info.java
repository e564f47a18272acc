/**
 * Stage 8 of 8: takes the delivered positions, and remembers them over restarts.
 */
@NullMarked
package dev.logagent.core.checkpoint;

import org.jspecify.annotations.NullMarked;
