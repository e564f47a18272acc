/** What {@code log-agent init} does: looks for logs on this host, writes a configuration for them. */
@NullMarked
package dev.logagent.dist.init;

import org.jspecify.annotations.NullMarked;
