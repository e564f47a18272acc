package dev.logagent.core.parser;

import dev.logagent.api.Field;

/** What dpkg, apt and update-alternatives log. */
final class DpkgParser implements LineParser {

    private static final String[] HISTORY = {
        "Start-Date: ",
        "End-Date: ",
        "Commandline: ",
        "Requested-By: ",
        "Install: ",
        "Upgrade: ",
        "Downgrade: ",
        "Reinstall: ",
        "Remove: ",
        "Purge: ",
        "Error: ",
        "Comment: ",
        "Log started: ",
        "Log ended: "
    };

    @Override
    public boolean parse(Line line) {
        return Bytes.isDigit(line.peek(0)) ? dpkg(line) : alternatives(line) || history(line);
    }

    /** {@code 2025-06-24 14:36:25 status half-configured libc6:amd64 2.36-9}, {@code … upgrade libc6:amd64 2.35 2.36}. */
    private static boolean dpkg(Line line) {
        if (!line.time() || !line.skip(' ') || !isAction(line)) {
            return false;
        }
        int message = line.at();
        line.word();
        boolean status = line.is("status");
        boolean onPackage = !line.is("startup") && !line.is("conffile");
        line.put(Field.ACTION);
        if (status && line.word()) {
            line.put(Field.STATE);
        }
        if (onPackage && line.word()) {
            name(line);
            versions(line, status);
        }
        line.piece(message, line.end());
        return line.putMessage();
    }

    private static boolean isAction(Line line) {
        return line.startsWith("status ")
                || line.startsWith("install ")
                || line.startsWith("upgrade ")
                || line.startsWith("configure ")
                || line.startsWith("remove ")
                || line.startsWith("purge ")
                || line.startsWith("trigproc ")
                || line.startsWith("disappear ")
                || line.startsWith("startup ")
                || line.startsWith("conffile ");
    }

    private static void name(Line line) {
        int start = line.from();
        int end = line.to();
        int colon = Bytes.indexOf(line.bytes(), start, end, ':');
        line.piece(start, colon < 0 ? end : colon);
        line.put(Field.PACKAGE);
        if (colon >= 0) {
            line.piece(colon + 1, end);
            line.put(Field.ARCHITECTURE);
        }
    }

    private static void versions(Line line, boolean status) {
        if (!line.word()) {
            return;
        }
        int first = line.from();
        int firstEnd = line.to();
        if (status || !line.word() || line.is("<none>")) {
            line.piece(first, firstEnd);
            version(line, Field.VERSION);
        } else {
            version(line, Field.VERSION);
            line.piece(first, firstEnd);
            version(line, Field.OLD_VERSION);
        }
    }

    private static void version(Line line, Field field) {
        if (!line.is("<none>")) {
            line.put(field);
        }
    }

    private static boolean alternatives(Line line) {
        return line.skip("update-alternatives ")
                && line.time()
                && line.skip(": ")
                && line.rest().putMessage();
    }

    /** One line of a stanza in apt's history, or of its terminal log. */
    private static boolean history(Line line) {
        for (String key : HISTORY) {
            int start = line.at();
            if (line.skip(key)) {
                line.piece(start, line.at() - 2);
                line.put(Field.ACTION);
                if (key.charAt(0) == 'S' || key.startsWith("End") || key.startsWith("Log")) {
                    line.time();
                } else if (key.equals("Commandline: ")) {
                    line.rest().put(Field.COMMAND);
                }
                return true;
            }
        }
        return false;
    }
}
