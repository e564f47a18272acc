package dev.logagent.core.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The first error that no stage can mend: a bug in a worker, or a state folder that can no longer be written.
 *
 * <p>Every worker reports here instead of dying alone, so that the process ends rather than live on half dead. Safe for
 * use by several threads.
 */
public final class FatalError {

    private final CompletableFuture<Throwable> first = new CompletableFuture<>();

    /** Remembers the first error; later ones follow from it. */
    public void report(Throwable error) {
        first.complete(error);
    }

    /** Waits for an error. */
    public Throwable await() throws InterruptedException {
        try {
            return first.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed with an exception", e);
        }
    }

    /** The task, with everything it throws reported here. */
    public Runnable guard(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable error) {
                report(error);
                if (error instanceof VirtualMachineError fatal) {
                    throw fatal;
                }
            }
        };
    }
}
