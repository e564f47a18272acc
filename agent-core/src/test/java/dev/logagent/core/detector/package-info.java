/** Tests: reading files. */
@NullMarked
package dev.logagent.core.detector;

import org.jspecify.annotations.NullMarked;
