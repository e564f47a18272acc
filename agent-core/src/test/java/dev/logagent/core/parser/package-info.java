@NullMarked
package dev.logagent.core.parser;

import org.jspecify.annotations.NullMarked;
