package dev.logagent.core.redaction;

/** The password in {@code scheme://user:password@host}. */
final class UrlPasswordFinder implements Finder {

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        int colon = Scan.indexOf(':', bytes, start, end);
        while (colon < end) {
            int next = colon + 1;
            if (end - colon > 2 && bytes[colon + 1] == '/' && bytes[colon + 2] == '/') {
                int authority = colon + 3;
                int sign = authorityEnd(bytes, authority, end);
                int password = Scan.indexOf(':', bytes, authority, sign) + 1;
                if (sign < end && bytes[sign] == '@' && password < sign) {
                    edits.redact(password, sign);
                }
                next = Math.max(authority, sign);
            }
            colon = Scan.indexOf(':', bytes, next, end);
        }
    }

    /** The last {@code @} before the authority certainly ends, or that end: passwords may hold an {@code @}. */
    private static int authorityEnd(byte[] bytes, int from, int end) {
        int sign = -1;
        int at = from;
        while (at < end && bytes[at] > ' ' && "/?#\"'<>\\".indexOf(bytes[at]) < 0) {
            sign = bytes[at] == '@' ? at : sign;
            at++;
        }
        return sign < 0 ? at : sign;
    }
}
