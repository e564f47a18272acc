/** The embedded receiver: a destination for trying things out, which misbehaves on command. */
@NullMarked
package dev.logagent.dist.receive;

import org.jspecify.annotations.NullMarked;
