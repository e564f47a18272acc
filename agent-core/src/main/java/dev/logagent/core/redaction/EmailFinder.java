package dev.logagent.core.redaction;

/** E-mail addresses, also with the {@code @} as {@code %40}. Letters beyond ASCII count as part of an address. */
final class EmailFinder implements Finder {

    /** Longer than any that is allowed (RFC 5321); without a bound the time would not be linear. */
    private static final int LONGEST_LOCAL_PART = 256;

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        int from = start;
        int sign = Scan.indexOf('@', '%', bytes, start, end);
        while (sign < end) {
            int after = bytes[sign] == '@' ? sign + 1 : sign + 3;
            if (bytes[sign] == '@' || (after <= end && bytes[sign + 1] == '4' && bytes[sign + 2] == '0')) {
                int first = localPart(bytes, from, sign);
                int last = domain(bytes, after, end);
                if (first < sign && last > after) {
                    edits.redact(first, last);
                    from = last;
                }
            }
            sign = Scan.indexOf('@', '%', bytes, sign + 1, end);
        }
    }

    private static int localPart(byte[] bytes, int from, int sign) {
        int first = sign;
        while (first > from && sign - first < LONGEST_LOCAL_PART && isLocal(bytes[first - 1])) {
            first--;
        }
        while (first < sign && bytes[first] == '.') {
            first++;
        }
        return first;
    }

    /** Where a domain of at least two labels ends, the last of which is no number; {@code from} if there is none. */
    private static int domain(byte[] bytes, int from, int end) {
        int last = from;
        int at = from;
        while (at < end && isLabel(bytes[at])) {
            int label = at;
            while (at < end && isLabel(bytes[at])) {
                at++;
            }
            if (label > from && at - label > 1 && !Scan.isDigit(bytes[label])) {
                last = at;
            }
            if (at < end && bytes[at] == '.') {
                at++;
            }
        }
        return last;
    }

    private static boolean isLocal(byte b) {
        return Scan.isAlphanumeric(b) || b < 0 || b == '.' || b == '_' || b == '%' || b == '+' || b == '-';
    }

    private static boolean isLabel(byte b) {
        return Scan.isAlphanumeric(b) || b < 0 || b == '-';
    }
}
