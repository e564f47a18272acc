package dev.logagent.api.option;

/**
 * A text that came from the environment or from a file, and may stand for a number or a truth value too.
 *
 * @param text the text after interpolation
 * @param secret whether it came from a file of secrets, so that it is masked wherever it is shown
 */
public record Interpolated(String text, boolean secret) {

    /** Masked when it is a secret, so that no message gives it away. */
    @Override
    public String toString() {
        return secret ? "***" : text;
    }
}
