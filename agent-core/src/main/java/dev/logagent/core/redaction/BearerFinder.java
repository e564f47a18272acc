package dev.logagent.core.redaction;

import java.nio.charset.StandardCharsets;

/**
 * What follows {@code Bearer}, if it looks like a token: at least eight characters, of which one is no letter, or twenty
 * letters. A "bearer certificate" is none.
 */
final class BearerFinder implements Finder {

    private static final byte[] BEARER = "bearer".getBytes(StandardCharsets.US_ASCII);
    private static final int LEAST = 8;
    private static final int LEAST_LETTERS = 20;

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        int at = Scan.indexOf('B', 'b', bytes, start, end);
        while (at < end) {
            if (!Scan.startsWith(BEARER, bytes, at, end) || Scan.isWordAt(bytes, at - 1, start, end)) {
                at = Scan.indexOf('B', 'b', bytes, at + 1, end);
                continue;
            }
            at += BEARER.length;
            int first = at;
            while (first < end && (bytes[first] == ' ' || bytes[first] == '\t')) {
                first++;
            }
            if (first > at) {
                at = token(bytes, first, end, edits);
            }
            at = Scan.indexOf('B', 'b', bytes, at, end);
        }
    }

    private static int token(byte[] bytes, int first, int end, Edits edits) {
        int last = first;
        boolean onlyLetters = true;
        while (last < end && Scan.isToken(bytes[last])) {
            onlyLetters &= Scan.isLetter(bytes[last]) || bytes[last] == '.';
            last++;
        }
        if (last - first >= (onlyLetters ? LEAST_LETTERS : LEAST)) {
            edits.redact(first, last);
        }
        return last;
    }
}
