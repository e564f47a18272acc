package dev.logagent.core.transport;

/** Two transports have one name. The message tells the user where they are. */
public final class AmbiguousTransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AmbiguousTransportException(LoadedFactory one, LoadedFactory other) {
        super("two transports are called '" + one.name() + "': " + one.place() + " and " + other.place()
                + "; remove one of them");
    }
}
