/**
 * The dashboard: the page, figures, health and live lines of the running agent, on one port. Loaded only where the
 * configuration has it. {@link dev.logagent.dist.console.Dashboard} brings the parts together: what is shown is made on one
 * thread of its own, the server's thread only moves bytes, and the pipeline is never waited for.
 */
@NullMarked
package dev.logagent.dist.console;

import org.jspecify.annotations.NullMarked;
