package dev.logagent.core.redaction;

import java.nio.charset.StandardCharsets;

/**
 * Values whose key says that they are secret: {@code password=x}, {@code Api-Key: x}, {@code "client_secret":"x"}, also in
 * JSON that is itself a JSON string. A JSON value that is no string becomes one.
 */
final class SecretsFinder implements Finder {

    /** How secret keys end, without {@code _} and {@code -}. */
    private static final byte[][] ENDINGS = ascii(
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "token",
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey",
            "credentials");

    /** The same for headers, whose values go on to the end of the line. */
    private static final byte[][] HEADERS = ascii("authorization", "cookie");

    /** With a path as its value it is the working directory. */
    private static final byte[][] PWD = ascii("pwd");

    private static final byte[][] NO_SECRETS = ascii("null", "true", "false");

    private static byte[][] ascii(String... words) {
        byte[][] bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }

    @Override
    public void find(byte[] bytes, int start, int end, Edits edits) {
        int from = start;
        int sign = Scan.indexOf('=', ':', bytes, start, end);
        while (sign < end) {
            int keyEnd = skipBack(bytes, from, sign, " \t");
            int wordEnd = skipBack(bytes, from, keyEnd, "\"'\\");
            boolean header = endsWithOneOf(HEADERS, bytes, from, wordEnd);
            if (header || endsWithOneOf(ENDINGS, bytes, from, wordEnd)) {
                int value = valueStart(bytes, sign, end, keyEnd < sign);
                if (value < end && bytes[value] == '/' && endsWithOneOf(PWD, bytes, from, wordEnd)) {
                    sign = Scan.indexOf('=', ':', bytes, value, end);
                    continue;
                }
                from = redactValue(bytes, value, end, wordEnd < keyEnd, header && bytes[sign] == ':', edits);
            }
            sign = Scan.indexOf('=', ':', bytes, Math.max(from, sign + 1), end);
        }
    }

    private static int skipBack(byte[] bytes, int from, int to, String skipped) {
        int at = to;
        while (at > from && skipped.indexOf(bytes[at - 1]) >= 0) {
            at--;
        }
        return at;
    }

    private static boolean endsWithOneOf(byte[][] words, byte[] bytes, int from, int to) {
        if (to == from || !Scan.isLetter(bytes[to - 1])) {
            return false;
        }
        for (byte[] word : words) {
            if ((bytes[to - 1] | 0x20) == word[word.length - 1] && endsWith(word, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(byte[] word, byte[] bytes, int from, int to) {
        int at = to;
        for (int i = word.length - 1; i >= 0; i--) {
            at--;
            if (at > from && (bytes[at] == '_' || bytes[at] == '-')) {
                at--;
            }
            if (at < from || (bytes[at] | 0x20) != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** After {@code =}, {@code :}, {@code =>} or {@code :=}, and white space; an {@code =} at a key has its value at it. */
    private static int valueStart(byte[] bytes, int sign, int end, boolean spaced) {
        int at = sign + 1;
        if (at < end && (bytes[at] == '>' || bytes[at] == '=')) {
            at++;
        }
        while ((spaced || bytes[at - 1] != '=') && at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** Redacts the value that begins at {@code value}, if it is one. Gives where to go on. */
    private static int redactValue(
            byte[] bytes, int value, int end, boolean quotedKey, boolean wholeLine, Edits edits) {
        int opening = value;
        while (opening < end && bytes[opening] == '\\') {
            opening++;
        }
        if (opening < end && (bytes[opening] == '"' || bytes[opening] == '\'')) {
            int last = closingQuote(bytes, opening, opening - value, end);
            if (last > opening + 1) {
                edits.redact(opening + 1, last);
            }
            return last;
        }
        int last = value;
        while (last < end && !ends(bytes[last], wholeLine)) {
            last++;
        }
        if (last == value || isNoSecret(bytes, value, last)) {
            return last;
        }
        if (quotedKey) {
            edits.redactQuoted(value, last);
        } else {
            edits.redact(value, last);
        }
        return last;
    }

    /** Where the string that {@code depth} backslashes and a quote have opened ends; backslashes before its end count not. */
    private static int closingQuote(byte[] bytes, int opening, int depth, int end) {
        int backslashes = 0;
        for (int at = opening + 1; at < end; at++) {
            if (bytes[at] == '\\') {
                backslashes++;
                continue;
            }
            if (bytes[at] == bytes[opening] && (backslashes == depth || (depth == 0 && backslashes % 2 == 0))) {
                return at - depth;
            }
            backslashes = 0;
        }
        return end;
    }

    private static boolean ends(byte b, boolean wholeLine) {
        if (wholeLine) {
            return b == '"' || b == '\'' || b == '\n';
        }
        return b >= 0 && (b <= ' ' || ",;&\"'{}[]()<>|\\".indexOf(b) >= 0);
    }

    private static boolean isNoSecret(byte[] bytes, int from, int to) {
        for (byte[] word : NO_SECRETS) {
            if (to - from == word.length && Scan.startsWith(word, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }
}
