package dev.logagent.api.encode;

import dev.logagent.api.Level;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The words for levels as bytes. Immutable. */
final class LevelWords {

    private final Map<Level, byte[]> words = new EnumMap<>(Level.class);

    LevelWords(LevelCase levelCase) {
        for (Level level : Level.values()) {
            String word = level.name();
            words.put(level, JsonBuffer.ascii(levelCase == LevelCase.LOWER ? word.toLowerCase(Locale.ROOT) : word));
        }
    }

    /** Appends the word for a level, without quotes. */
    void write(Level level, JsonBuffer out) {
        byte[] word = words.get(level);
        if (word != null) {
            out.raw(word);
        }
    }
}
