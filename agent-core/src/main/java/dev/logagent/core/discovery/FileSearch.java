package dev.logagent.core.discovery;

import dev.logagent.api.SourceInfo;
import java.nio.file.Path;

/** Says which files a detector follows, and whose they are. Safe for use by several threads. */
public interface FileSearch {

    /** Finds what is there now. Folders that cannot be read or vanish meanwhile are reported and passed over. */
    void expand(PathPattern.Expansion expansion);

    /** Whether a file of this path would be followed, whether it exists or not. */
    boolean covers(Path path);

    /** Whether that depends on nothing but the path: not on what else is there, nor on what the file holds. */
    boolean goesByNames();

    /** Whether a file of this path may be read at all, be it as what rotation has made of another one. */
    boolean allows(Path path);

    /** What is sent along with every line of the file. */
    SourceInfo sourceOf(Path path);

    /** What is looked for, for a message. */
    @Override
    String toString();
}
