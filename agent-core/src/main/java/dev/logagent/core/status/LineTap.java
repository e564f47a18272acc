package dev.logagent.core.status;

import dev.logagent.api.LineRun;
import org.jspecify.annotations.Nullable;

/**
 * Lets one viewer look at the lines that pass, as they are sent on: what was masked before stays masked. Costs nothing
 * while nobody looks. Safe for use by several threads.
 */
public final class LineTap {

    private volatile @Nullable Viewer viewer;

    /** Gets runs of lines, on the threads that read them: must return at once, and must not keep many runs. */
    @FunctionalInterface
    public interface Viewer {
        /**
         * Gets one run.
         *
         * @param output for which output the lines are meant
         */
        void see(String output, LineRun run);
    }

    /** Shows lines to the viewer from now on, instead of the one before; to nobody when it is null. */
    public void showTo(@Nullable Viewer newViewer) {
        this.viewer = newViewer;
    }

    void pass(String output, LineRun run) {
        Viewer present = viewer;
        if (present != null) {
            present.see(output, run);
        }
    }
}
