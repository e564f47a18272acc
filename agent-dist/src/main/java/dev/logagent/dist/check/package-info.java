/** What {@code log-agent check} tries: files, the state folder, the destination. */
@NullMarked
package dev.logagent.dist.check;

import org.jspecify.annotations.NullMarked;
