package dev.logagent.core.redaction;

/** Four numbers up to 255 with dots between them that are not part of something longer. */
final class Ipv4Finder implements Finder {

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        int dot = Scan.indexOf('.', bytes, start, end);
        while (dot < end) {
            int first = dot;
            while (first > start && Scan.isDigit(bytes[first - 1])) {
                first--;
            }
            int last = first < dot && isFree(bytes, first, start) ? address(bytes, first, end) : -1;
            if (last > 0) {
                edits.redact(first, last);
            }
            dot = Scan.indexOf('.', bytes, Math.max(last, dot + 1), end);
        }
    }

    private static boolean isFree(byte[] bytes, int first, int start) {
        return first == start || !(Scan.isLetter(bytes[first - 1]) || bytes[first - 1] == '.');
    }

    /** Where the address that begins at {@code first} ends, or -1. */
    static int address(byte[] bytes, int first, int end) {
        int at = first;
        for (int part = 1; part <= 4; part++) {
            int number = 0;
            int digits = 0;
            while (at < end && digits < 4 && Scan.isDigit(bytes[at])) {
                number = number * 10 + bytes[at] - '0';
                digits++;
                at++;
            }
            if (digits == 0 || digits > 3 || number > 255) {
                return -1;
            }
            if (part < 4 && (at >= end || bytes[at++] != '.')) {
                return -1;
            }
        }
        boolean goesOn = at < end
                && (Scan.isLetter(bytes[at]) || (bytes[at] == '.' && at + 1 < end && Scan.isDigit(bytes[at + 1])));
        return goesOn ? -1 : at;
    }
}
