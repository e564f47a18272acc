/** The receiving side of {@code docs/websocket-protocol.md}: a server that takes batches and acknowledges them. */
@NullMarked
package dev.logagent.receiver.websocket;

import org.jspecify.annotations.NullMarked;
