/** Stage 2 of 8, for the systemd journal: {@code journalctl} as a child, and cursors as positions. */
@NullMarked
package dev.logagent.core.journald;

import org.jspecify.annotations.NullMarked;
