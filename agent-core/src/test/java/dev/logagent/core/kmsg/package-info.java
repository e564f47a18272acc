/** Tests: sources that are no files. */
@NullMarked
package dev.logagent.core.kmsg;

import org.jspecify.annotations.NullMarked;
