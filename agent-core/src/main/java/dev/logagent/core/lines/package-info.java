/** Where lines begin and end in what was read, whatever it was read from. */
@NullMarked
package dev.logagent.core.lines;

import org.jspecify.annotations.NullMarked;
