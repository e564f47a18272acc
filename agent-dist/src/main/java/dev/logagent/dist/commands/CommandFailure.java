package dev.logagent.dist.commands;

/** Ends a verb with a message for the user and an exit code. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The user asked for something that cannot be: exit code 2. */
    static CommandFailure usage(String message) {
        return new CommandFailure(2, message);
    }

    /** Something went wrong on the way: exit code 1. */
    static CommandFailure running(String message) {
        return new CommandFailure(1, message);
    }

    int exitCode() {
        return exitCode;
    }
}
