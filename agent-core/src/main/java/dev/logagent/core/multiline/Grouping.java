package dev.logagent.core.multiline;

import dev.logagent.core.config.MultilineConfig;
import org.jspecify.annotations.Nullable;

/** Says which lines belong together. Stateless: any number of threads may share one. */
public interface Grouping {

    /**
     * Whether the line {@code bytes[start .. end)}, without its terminator, belongs to the event before it.
     *
     * @param eventStart where that event starts; its lines reach to {@code start}, terminators included
     */
    boolean continues(byte[] bytes, int eventStart, int start, int end);

    /** Whether no line after this one belongs to its event. */
    default boolean ends(byte[] bytes, int start, int end) {
        return false;
    }

    /** Whether lines of several streams may interleave, each with events of its own. */
    default boolean hasStreams() {
        return false;
    }

    /** Which stream a line is of; 0 if it does not say. */
    default int stream(byte[] bytes, int start, int end) {
        return 0;
    }

    /**
     * Whether to wait for more lines of the event {@code bytes[eventStart .. end)}, all that there is so far, before it is
     * sent; when they come later, they are an event of their own.
     */
    default boolean mayGoOn(byte[] bytes, int eventStart, int end) {
        return true;
    }

    /**
     * What the configuration says, with the cut lines of container runtimes joined if {@code containers} says so.
     *
     * @return null if every line is an event
     * @throws IllegalArgumentException as {@link #of(MultilineConfig)} does
     */
    static @Nullable Grouping of(MultilineConfig config, boolean containers) {
        Grouping inside = config.isNone() ? null : of(config);
        return containers ? new ContainerGrouping(inside) : inside;
    }

    /**
     * What the configuration says.
     *
     * @throws IllegalArgumentException with a message for the user if there is no such preset, or a pattern cannot be used
     */
    static Grouping of(MultilineConfig config) {
        String preset = config.preset();
        return preset == null ? new PatternGrouping(config) : Preset.named(preset);
    }
}
