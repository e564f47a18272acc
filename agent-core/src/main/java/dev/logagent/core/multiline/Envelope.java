package dev.logagent.core.multiline;

/** What container runtimes put around the lines of programs: CRI's prefix, and Docker's JSON. Positions are in the line's array. */
public final class Envelope {

    private static final String DOCKER = "{\"log\":\"";
    private static final String STREAM = "\",\"stream\":\"std";
    private static final int LONGEST_TIME = 40;
    private static final int TAG = 8;

    private Envelope() {}

    /** Whether it is a line of Docker's json-file. */
    public static boolean isDocker(byte[] bytes, int start, int end) {
        return startsWith(bytes, start, end, DOCKER);
    }

    /** Where the content begins in a line of either format, or -1 if it is none. Docker's is the inside of a JSON string. */
    public static int content(byte[] bytes, int start, int end) {
        if (isDocker(bytes, start, end)) {
            return start + DOCKER.length();
        }
        int tag = tag(bytes, start, end);
        if (tag < 0) {
            return -1;
        }
        int at = tag;
        while (at < end && bytes[at] != ' ') {
            at++;
        }
        return Math.min(end, at + 1);
    }

    /** Where the content ends. */
    public static int contentEnd(byte[] bytes, int start, int end) {
        return isDocker(bytes, start, end) ? stringEnd(bytes, start + DOCKER.length(), end) : end;
    }

    /** Whether the runtime has cut the line here: the next one of its stream goes on. */
    static boolean isPartial(byte[] bytes, int start, int end) {
        if (!isDocker(bytes, start, end)) {
            int tag = tag(bytes, start, end);
            return tag >= 0 && bytes[tag] == 'P';
        }
        int stop = stringEnd(bytes, start + DOCKER.length(), end);
        int backslashes = 0;
        for (int at = stop - 2; at > start && bytes[at] == '\\'; at--) {
            backslashes++;
        }
        return bytes[stop - 1] != 'n' || backslashes % 2 == 0;
    }

    /** What tells one stream from the other, or 0. */
    static int stream(byte[] bytes, int start, int end) {
        if (isDocker(bytes, start, end)) {
            int at = stringEnd(bytes, start + DOCKER.length(), end);
            int name = at + STREAM.length();
            return startsWith(bytes, at, end, STREAM) && name < end ? bytes[name] : 0;
        }
        int tag = tag(bytes, start, end);
        return tag < 0 ? 0 : bytes[tag - TAG + 4];
    }

    private static int stringEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return Math.min(at, end);
    }

    /** Where the tag of a CRI line is, {@code 2016-10-06T00:17:09.669794202Z stdout F text}, or -1. */
    private static int tag(byte[] bytes, int start, int end) {
        if (end - start < 30 || bytes[start + 10] != 'T') {
            return -1;
        }
        int space = start + 19;
        while (space < Math.min(end, start + LONGEST_TIME) && bytes[space] != ' ') {
            space++;
        }
        boolean named = startsWith(bytes, space, end, " stdout ") || startsWith(bytes, space, end, " stderr ");
        int tag = space + TAG;
        return named && tag < end && (bytes[tag] == 'P' || bytes[tag] == 'F') ? tag : -1;
    }

    private static boolean startsWith(byte[] bytes, int start, int end, String ascii) {
        if (end - start < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[start + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
