package dev.logagent.core.redaction;

import java.nio.charset.StandardCharsets;

/** PEM private keys in one event: from the line that begins one to the line that ends it, or to the end of the event. */
final class PrivateKeyFinder implements Finder {

    private static final byte[] BEGIN = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = "PRIVATE KEY-----".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "-----END ".getBytes(StandardCharsets.US_ASCII);

    /** How much may stand between "BEGIN" and "PRIVATE": "ENCRYPTED ". */
    private static final int LONGEST_KIND = 20;

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        int begin = Scan.indexOf(BEGIN, bytes, start, end);
        while (begin < end) {
            int kind = begin + BEGIN.length;
            int body = Scan.indexOf(KEY, bytes, kind, Math.min(end, kind + LONGEST_KIND + KEY.length));
            int next = kind;
            if (body < Math.min(end, kind + LONGEST_KIND + KEY.length)) {
                int last = Scan.indexOf(KEY, bytes, Scan.indexOf(END, bytes, body + KEY.length, end), end);
                next = Math.min(end, last + KEY.length);
                edits.redact(begin, next);
            }
            begin = Scan.indexOf(BEGIN, bytes, next, end);
        }
    }
}
