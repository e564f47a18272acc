/** Stage 2 of 8, for what others send by the syslog protocol: sockets, and where messages begin and end on them. */
@NullMarked
package dev.logagent.core.syslog;

import org.jspecify.annotations.NullMarked;
