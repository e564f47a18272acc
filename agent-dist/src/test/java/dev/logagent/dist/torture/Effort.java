package dev.logagent.dist.torture;

/** How much is done: little in each build, more with {@code -Ptorture}. */
final class Effort {

    private static final boolean LONG = Boolean.getBoolean("torture.long");

    private Effort() {}

    /** One number in each build, another one in the long run. */
    static int of(int usual, int inLongRun) {
        return LONG ? inLongRun : usual;
    }
}
