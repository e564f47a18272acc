/** The program: command line, configuration file, packaging. */
@NullMarked
package dev.logagent.dist;

import org.jspecify.annotations.NullMarked;
