package dev.logagent.core.redaction;

/** US social security numbers: three, two and four digits with hyphens, in the ranges that are given out. */
final class SsnFinder implements Finder {

    private static final int LENGTH = 11;

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        int hyphen = Scan.indexOf('-', bytes, start, end);
        while (hyphen < end) {
            int first = hyphen - 3;
            int last = first + LENGTH;
            if (first >= start
                    && last <= end
                    && !continues(bytes, first - 1, start, end)
                    && !continues(bytes, last, start, end)
                    && isNumber(bytes, first)) {
                edits.redact(first, last);
                hyphen = last - 1;
            }
            hyphen = Scan.indexOf('-', bytes, hyphen + 1, end);
        }
    }

    private static boolean continues(byte[] bytes, int at, int start, int end) {
        return Scan.isWordAt(bytes, at, start, end) || (at >= start && at < end && bytes[at] == '-');
    }

    private static boolean isNumber(byte[] bytes, int first) {
        int area = number(bytes, first, 3);
        return area > 0
                && area != 666
                && area < 900
                && bytes[first + 3] == '-'
                && number(bytes, first + 4, 2) > 0
                && bytes[first + 6] == '-'
                && number(bytes, first + 7, 4) > 0;
    }

    /** The number, or -1 if there are not only digits. */
    private static int number(byte[] bytes, int from, int digits) {
        int number = 0;
        for (int at = from; at < from + digits; at++) {
            if (!Scan.isDigit(bytes[at])) {
                return -1;
            }
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }
}
