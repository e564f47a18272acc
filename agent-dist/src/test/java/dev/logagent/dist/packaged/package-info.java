/** Tests of the packaged program as a user runs it: a process with files, signals and a real receiver. */
@NullMarked
package dev.logagent.dist.packaged;

import org.jspecify.annotations.NullMarked;
