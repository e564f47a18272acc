package dev.logagent.core.runtime;

/** A worker has ended because of something that nobody has foreseen. */
public final class WorkerFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorkerFailure(String worker, Throwable cause) {
        super("worker " + worker + ": " + cause, cause);
    }
}
