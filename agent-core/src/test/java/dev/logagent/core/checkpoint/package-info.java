/** Tests: positions on disk. */
@NullMarked
package dev.logagent.core.checkpoint;

import org.jspecify.annotations.NullMarked;
