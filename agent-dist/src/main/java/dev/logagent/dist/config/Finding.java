package dev.logagent.dist.config;

import org.jspecify.annotations.Nullable;

/**
 * A problem before it is known what must be masked.
 *
 * @param syntax whether the file is not TOML there, so that other findings nearby may be mistaken
 * @param file the label of the file; empty when it is in none
 * @param text the file's text, or null when nothing is to be pointed at
 * @param span what is at fault, or null when it is the file as a whole
 * @param missing the key or table that was not found, or null when the problem is another
 * @param hidesValue whether the key at fault may be that of a secret, so that its value must not be shown
 */
record Finding(
        boolean syntax,
        String file,
        @Nullable SourceText text,
        @Nullable Span span,
        String message,
        @Nullable String hint,
        @Nullable String missing,
        boolean hidesValue) {

    static Finding ofFile(String label, String message, @Nullable String hint) {
        return new Finding(false, label, null, null, message, hint, null, false);
    }

    static Finding at(SourceText text, Span span, String message, @Nullable String hint) {
        return new Finding(false, text.label(), text, span, message, hint, null, false);
    }

    static Finding syntax(SourceText text, Span span, String message, @Nullable String hint) {
        return new Finding(true, text.label(), text, span, message, hint, null, false);
    }

    /** Of something that may be there after all, if a syntax error hides it. */
    Finding missing(String subject) {
        return new Finding(syntax, file, text, span, message, hint, subject, hidesValue);
    }

    /** The same, where the value after the key is not to be shown. */
    Finding hidingValue() {
        return new Finding(syntax, file, text, span, message, hint, missing, true);
    }

    int line() {
        return span == null ? 0 : span.line();
    }

    int column() {
        return span == null ? 0 : span.column();
    }
}
