package dev.logagent.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileWatcherTest {

    @ParameterizedTest
    @CsvSource({
        "nfs4, true",
        "cifs, true",
        "fuse, true",
        "fuse.sshfs, true",
        "ext4, false",
        "overlay, false",
        "fuseblk, false"
    })
    void reliesOnHintsOnlyWhereNobodyElseCanWrite(String type, boolean isShared) {
        assertThat(FileWatcher.isShared(type)).isEqualTo(isShared);
    }
}
