/** The only way the pipeline reports anything: to the log, to counters, and to tests. */
@NullMarked
package dev.logagent.core.events;

import org.jspecify.annotations.NullMarked;
