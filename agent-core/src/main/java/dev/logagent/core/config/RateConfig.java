package dev.logagent.core.config;

/**
 * How fast may be read.
 *
 * @param linesPerSecond lines; 0 for as many as there are
 * @param bytesPerSecond bytes of these; 0 for as many as there are
 */
public record RateConfig(long linesPerSecond, long bytesPerSecond) {

    /** As fast as can be. */
    public static final RateConfig UNLIMITED = new RateConfig(0, 0);

    public boolean isUnlimited() {
        return linesPerSecond == 0 && bytesPerSecond == 0;
    }
}
