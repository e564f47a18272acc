/** What {@code log-agent files} shows: how far each file is read and delivered. */
@NullMarked
package dev.logagent.dist.files;

import org.jspecify.annotations.NullMarked;
