/** The verbs of the command line, one class each. */
@NullMarked
package dev.logagent.dist.commands;

import org.jspecify.annotations.NullMarked;
