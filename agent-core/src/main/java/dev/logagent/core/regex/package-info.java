/** Regular expressions of users, in a time that grows only with the line. */
@NullMarked
package dev.logagent.core.regex;

import org.jspecify.annotations.NullMarked;
