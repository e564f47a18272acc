/** Tests: sources that are no files. */
@NullMarked
package dev.logagent.core.syslog;

import org.jspecify.annotations.NullMarked;
