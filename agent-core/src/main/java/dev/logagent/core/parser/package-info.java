/**
 * Stage 3 of 8: takes runs of lines from the detector, gives them on with what was found in each line: level, time,
 * message, service, fields. A line that is not of the expected format goes on whole. A parser is a pure function of the
 * line, the time it was read and the path of its file, so lines that come back from the disk are parsed again.
 */
@NullMarked
package dev.logagent.core.parser;

import org.jspecify.annotations.NullMarked;
