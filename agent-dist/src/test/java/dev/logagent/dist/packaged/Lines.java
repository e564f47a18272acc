package dev.logagent.dist.packaged;

import java.util.List;
import java.util.stream.IntStream;

/** Log lines that say which they are. */
final class Lines {

    private Lines() {}

    /** Lines {@code from} (inclusive) to {@code to} (exclusive) of a file. */
    static List<String> numbered(String file, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> "%s line %06d \"quoted\" back\\slash \u00fc\u20ac".formatted(file, number))
                .toList();
    }
}
