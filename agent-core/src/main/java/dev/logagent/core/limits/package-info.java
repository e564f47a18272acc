/** How fast may be read: detectors ask here before each block, and wait while the answer is no. What waits stays in its file. */
@NullMarked
package dev.logagent.core.limits;

import org.jspecify.annotations.NullMarked;
