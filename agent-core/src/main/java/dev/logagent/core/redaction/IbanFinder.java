package dev.logagent.core.redaction;

/** International bank account numbers (ISO 13616), solid or in groups of four, whose check digits are right. */
final class IbanFinder implements Finder {

    private static final int LEAST = 15;
    private static final int MOST = 34;

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        int at = start;
        while (end - at >= LEAST) {
            // The country's two letters stand before two digits.
            if (!Scan.isDigit(bytes[at + 3])) {
                at += 2;
                continue;
            }
            int last = begins(bytes, at, start) ? iban(bytes, at, end) : -1;
            if (last > 0) {
                edits.redact(at, last);
            }
            at = Math.max(last, at + 1);
        }
    }

    private static boolean begins(byte[] bytes, int at, int start) {
        return Scan.isUpper(bytes[at])
                && Scan.isUpper(bytes[at + 1])
                && Scan.isDigit(bytes[at + 2])
                && Scan.isDigit(bytes[at + 3])
                && !Scan.isWordAt(bytes, at - 1, start, at);
    }

    /** Where the longest number that begins at {@code from} ends, or -1. */
    private static int iban(byte[] bytes, int from, int end) {
        boolean grouped = from + 4 < end && bytes[from + 4] == ' ';
        int found = -1;
        int remainder = 0;
        int characters = 0;
        int at = from + 4;
        while (at < end && characters < MOST - 4) {
            if (grouped && bytes[at] == ' ' && characters % 4 == 0) {
                at++;
                continue;
            }
            if (!Scan.isDigit(bytes[at]) && !Scan.isUpper(bytes[at])) {
                break;
            }
            remainder = append(remainder, bytes[at]);
            characters++;
            at++;
            boolean complete = at == end || !Scan.isAlphanumeric(bytes[at]);
            if (complete && characters >= LEAST - 4 && isRight(remainder, bytes, from)) {
                found = at;
            }
        }
        return found;
    }

    /** The country and the check digits count as if they stood at the end (ISO 7064, MOD 97-10). */
    private static boolean isRight(int remainder, byte[] bytes, int from) {
        int whole = remainder;
        for (int at = from; at < from + 4; at++) {
            whole = append(whole, bytes[at]);
        }
        return whole == 1;
    }

    private static int append(int remainder, byte b) {
        return Scan.isDigit(b) ? (remainder * 10 + b - '0') % 97 : (remainder * 100 + b - 'A' + 10) % 97;
    }
}
