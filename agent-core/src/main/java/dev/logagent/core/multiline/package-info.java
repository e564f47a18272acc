/**
 * Between stages 2 and 3: which lines belong together to one event. The detector asks while it splits a block; what is not
 * complete yet stays in the file, as an unfinished line does, and so in no checkpoint.
 */
@NullMarked
package dev.logagent.core.multiline;

import org.jspecify.annotations.NullMarked;
