package dev.logagent.transport.rabbitmq;

import java.io.IOException;

/** The broker can be reached, but does not do what the configuration asks for: time alone will not help. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }

    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
