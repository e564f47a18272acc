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
    private final Workers workers = new Workers();

    /** Those who report here. */
    public Workers workers() {
        return workers;
    }

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

    /**
     * The task of a worker, with everything it throws reported here; also that it was interrupted, which ends it: a worker
     * that somebody interrupts on purpose clears that mark.
     */
    public Runnable guard(Pulse pulse, Runnable task) {
        return () -> {
            workers.add(pulse);
            try {
                task.run();
                if (Thread.interrupted()) {
                    throw new IllegalStateException("it was interrupted, and has ended");
                }
            } catch (Throwable error) {
                report(new WorkerFailure(pulse.name(), error));
                if (error instanceof VirtualMachineError fatal) {
                    throw fatal;
                }
            } finally {
                workers.remove(pulse);
            }
        };
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
