package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;
import java.nio.charset.StandardCharsets;

/** Who tried to get in, from where, how, and whether it worked: from what sshd, sudo, su and PAM write. */
final class AuthDetails {

    private static final byte[] ACCEPTED = bytes("accepted");
    private static final byte[] FAILED = bytes("failed");
    private static final byte[] INVALID_USER = bytes("invalid_user");
    private static final byte[] OPENED = bytes("opened");
    private static final byte[] CLOSED = bytes("closed");

    private AuthDetails() {}

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    /** Adds the details to a line whose last piece is the program's name, and whose message starts at {@code message}. */
    static void of(Line line, int message) {
        boolean ssh = line.is("sshd") || line.is("sshd-session");
        boolean sudo = line.is("sudo");
        boolean su = line.is("su");
        line.at(message);
        if (line.startsWith("pam_")) {
            pam(line);
        } else if (ssh) {
            ssh(line);
        } else if (sudo) {
            sudo(line);
        } else if (su) {
            su(line);
        }
    }

    private static void result(Line line, byte[] result) {
        line.found().text(Field.RESULT, result, 0, result.length);
        if ((result == FAILED || result == INVALID_USER) && !line.found().hasLevel()) {
            line.found().level(Level.WARNING);
        }
    }

    private static void ssh(Line line) {
        if (line.skip("Accepted ") || line.startsWith("Failed ")) {
            boolean failed = line.skip("Failed ");
            if (!line.until(" for ")) {
                return;
            }
            line.put(Field.AUTH_METHOD);
            result(line, failed ? FAILED : ACCEPTED);
            line.skip("invalid user ");
            if (line.until(" from ")) {
                line.put(Field.USER);
                address(line);
            }
        } else if (line.skip("Invalid user ")) {
            result(line, INVALID_USER);
            // The name may be empty.
            if (line.until(line.peek(0) == 'f' && line.startsWith("from ") ? "from " : " from ")) {
                line.put(Field.USER);
                address(line);
            }
        } else if (line.skip("Connection closed by ")
                || line.skip("Connection reset by ")
                || line.skip("Disconnected from ")
                || line.skip("Received disconnect from ")) {
            result(line, CLOSED);
            if (line.skip("authenticating user ") || line.skip("invalid user ") || line.skip("user ")) {
                line.word();
                line.put(Field.USER);
            }
            address(line);
        }
    }

    private static void address(Line line) {
        if (line.word()) {
            line.put(Field.CLIENT_IP);
            if (line.skip("port ") && line.digits()) {
                line.putNumber(Field.CLIENT_PORT);
            }
        }
    }

    /** {@code pam_unix(sshd:session): session opened for user root(uid=0) by (uid=0)}. */
    private static void pam(Line line) {
        if (!line.until("): ")) {
            return;
        }
        if (line.skip("session opened for user ")) {
            result(line, OPENED);
            name(line);
        } else if (line.skip("session closed for user ")) {
            result(line, CLOSED);
            name(line);
        } else if (line.skip("authentication failure;")) {
            result(line, FAILED);
            line.skipSpaces();
            while (line.word()) {
                pair(line, "rhost=", Field.CLIENT_IP);
                pair(line, "user=", Field.USER);
                pair(line, "tty=", Field.TTY);
            }
        }
    }

    private static void name(Line line) {
        int start = line.at();
        int end = start;
        while (end < line.end() && line.bytes()[end] != '(' && line.bytes()[end] != ' ') {
            end++;
        }
        line.piece(start, end);
        line.put(Field.USER);
    }

    private static void pair(Line line, String key, Field field) {
        int from = line.from();
        if (Bytes.startWith(line.bytes(), from, line.to(), key)) {
            line.piece(from + key.length(), line.to());
            line.put(field);
        }
    }

    /** {@code alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/bin/ls}. */
    private static void sudo(Line line) {
        line.skipSpaces();
        if (!line.until(" : ")) {
            return;
        }
        line.put(Field.USER);
        // What was refused says so first: "3 incorrect password attempts ; TTY=…".
        result(line, line.startsWith("TTY=") ? ACCEPTED : FAILED);
        while (!line.isAtEnd()) {
            int start = line.at();
            // A command may hold anything.
            if (line.startsWith("COMMAND=") || !line.until(" ; ")) {
                line.at(start);
                line.rest();
            }
            switch (line.bytes()[line.from()]) {
                case 'T' -> pair(line, "TTY=", Field.TTY);
                case 'P' -> pair(line, "PWD=", Field.DIRECTORY);
                case 'U' -> pair(line, "USER=", Field.TARGET_USER);
                case 'C' -> pair(line, "COMMAND=", Field.COMMAND);
                default -> {}
            }
        }
    }

    /** {@code (to root) alice on pts/1}, {@code FAILED SU (to root) alice on pts/0}, {@code 'su root' failed for x on /dev/pts/8}. */
    private static void su(Line line) {
        if (line.skip("'su ")) {
            if (line.until("' ")) {
                line.put(Field.TARGET_USER);
                result(line, line.startsWith("failed") ? FAILED : OPENED);
                if (line.until(" for ") && line.word()) {
                    line.put(Field.USER);
                    terminal(line);
                }
            }
            return;
        }
        boolean failed = line.skip("FAILED SU ");
        if (line.skip("(to ") && line.until(") ")) {
            line.put(Field.TARGET_USER);
            if (failed) {
                result(line, FAILED);
            }
            if (line.word()) {
                line.put(Field.USER);
                terminal(line);
            }
        }
    }

    private static void terminal(Line line) {
        if (line.skip("on ") && line.word()) {
            line.put(Field.TTY);
        }
    }
}
