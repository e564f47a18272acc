/** Batches over HTTP and HTTPS, with OkHttp. */
@NullMarked
package dev.logagent.transport.http;

import org.jspecify.annotations.NullMarked;
