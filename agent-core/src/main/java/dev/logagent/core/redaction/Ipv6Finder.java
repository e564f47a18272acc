package dev.logagent.core.redaction;

/** IPv6 addresses (RFC 4291): eight groups, or fewer with one {@code ::}; the last two may be an IPv4 address. */
final class Ipv6Finder implements Finder {

    private static final int GROUPS = 8;

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        int colon = Scan.indexOf(':', bytes, start, end);
        while (colon < end) {
            int first = colon;
            while (first > start && Scan.isHex(bytes[first - 1])) {
                first--;
            }
            int last = colon + 1;
            while (last < end && (Scan.isHex(bytes[last]) || bytes[last] == ':' || bytes[last] == '.')) {
                last++;
            }
            int next = last;
            if (first == colon && last - first > 1 && bytes[first + 1] != ':') {
                first++; // the colon of "from:2001:db8::1"
            }
            while (last > first && (bytes[last - 1] == '.' || endsWithOneColon(bytes, first, last))) {
                last--;
            }
            if (!Scan.isWordAt(bytes, first - 1, start, end)
                    && !Scan.isWordAt(bytes, last, start, end)
                    && isAddress(bytes, first, last)) {
                edits.redact(first, last);
            }
            colon = Scan.indexOf(':', bytes, next, end);
        }
    }

    private static boolean endsWithOneColon(byte[] bytes, int first, int last) {
        return bytes[last - 1] == ':' && (last - 1 == first || bytes[last - 2] != ':');
    }

    private static boolean isAddress(byte[] bytes, int first, int last) {
        int groups = 0;
        boolean shortened = false;
        int at = first;
        while (at < last) {
            if (bytes[at] == ':') {
                boolean doubled = at + 1 < last && bytes[at + 1] == ':';
                if (doubled ? shortened : at == first) {
                    return false;
                }
                shortened |= doubled;
                at += doubled ? 2 : 1;
                continue;
            }
            int from = at;
            while (at < last && Scan.isHex(bytes[at])) {
                at++;
            }
            if (at < last && bytes[at] == '.') {
                groups += 2;
                return Ipv4Finder.address(bytes, from, last) == last && fits(groups, shortened);
            }
            groups++;
            if (at == from || at - from > 4 || (at < last && bytes[at] != ':')) {
                return false;
            }
        }
        return fits(groups, shortened);
    }

    private static boolean fits(int groups, boolean shortened) {
        return shortened ? groups > 0 && groups < GROUPS : groups == GROUPS;
    }
}
