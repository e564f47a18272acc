@NullMarked
package dev.logagent.core.regex;

import org.jspecify.annotations.NullMarked;
