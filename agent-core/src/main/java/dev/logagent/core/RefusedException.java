package dev.logagent.core;

/** The agent does not do what it was asked for, because that would lose lines or cannot be: nothing has changed. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message for the user */
    public RefusedException(String message) {
        super(message);
    }

    RefusedException(Exception cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
}
