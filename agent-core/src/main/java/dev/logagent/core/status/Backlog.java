package dev.logagent.core.status;

/**
 * How long the oldest byte of a file that is not delivered has been there. Remembers when the file had which size, only as
 * long as bytes before it are open, and in a few steps. Not safe for use by several threads.
 */
final class Backlog {

    private static final int MARKS = 16;

    private final long[] sizes = new long[MARKS];
    private final long[] times = new long[MARKS];
    private int count;

    /**
     * One look at the file.
     *
     * @param delivered up to which byte it is delivered
     * @param size how large it is
     * @param modifiedMillis when it was last written, in milliseconds since the epoch
     * @return since when, in milliseconds since the epoch, the oldest open byte has been there at least; {@code
     *     Long.MAX_VALUE} if none is open
     */
    long openSince(long delivered, long size, long modifiedMillis) {
        dropUpTo(delivered);
        long known = count == 0 ? delivered : sizes[count - 1];
        if (size > known) {
            add(size, modifiedMillis);
        }
        return count == 0 ? Long.MAX_VALUE : times[0];
    }

    private void dropUpTo(long delivered) {
        int dropped = 0;
        while (dropped < count && sizes[dropped] <= delivered) {
            dropped++;
        }
        count -= dropped;
        System.arraycopy(sizes, dropped, sizes, 0, count);
        System.arraycopy(times, dropped, times, 0, count);
    }

    private void add(long size, long millis) {
        if (count == MARKS) {
            // Every other one is enough to go on: the age is told a little too small for a while.
            for (int i = 0; i < MARKS / 2; i++) {
                sizes[i] = sizes[2 * i + 1];
                times[i] = times[2 * i + 1];
            }
            count = MARKS / 2;
        }
        sizes[count] = size;
        times[count] = millis;
        count++;
    }
}
