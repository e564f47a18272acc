package dev.logagent.core.detector;

import dev.logagent.core.lines.RunMaker;

/**
 * What makes lines of the blocks of one file.
 *
 * @param header what is left of the lines that are not sent
 * @param runs makes runs of those after it
 */
record LineMaking(Header header, RunMaker runs) {}
