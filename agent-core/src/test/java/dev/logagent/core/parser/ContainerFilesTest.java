package dev.logagent.core.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.FileOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files have the form that the runtimes give them, shortened. */
final class ContainerFilesTest {

    private static final String ID = "4c01db0b339c4c01db0b339c4c01db0b339c4c01db0b339c4c01db0b339c4c01";

    @TempDir
    Path root;

    private Path write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void dockerTellsNameImageAndLabels() throws Exception {
        String folder = "var/lib/docker/containers/" + ID;
        write(folder + "/config.v2.json", """
                {"StreamConfig":{},"State":{"Running":true,"Pid":4711},"ID":"%s","Path":"nginx","Args":["-g"],
                "Config":{"Hostname":"4c01db0b339c","Image":"nginx:1.27","Labels":{"team":"shop","app.kubernetes.io/name":"web",
                "com.docker.compose.project":"shop","com.docker.compose.service":"web"}},
                "Image":"sha256:0123","Name":"/shop-web-1","Driver":"overlay2"}
                """.formatted(ID));
        FileOrigin origin =
                Origins.of(write(folder + "/" + ID + "-json.log", "").toString());

        assertThat(origin.service()).isEqualTo("web");
        assertThat(origin.metadata())
                .isEqualTo(Map.of(
                        "container_id", ID,
                        "container", "shop-web-1",
                        "image", "nginx:1.27",
                        "label.team", "shop",
                        "label.app.kubernetes.io/name", "web"));
    }

    @Test
    void dockerUnderKubernetesTellsThePod() throws Exception {
        String folder = "var/lib/docker/containers/" + ID;
        write(folder + "/config.v2.json", """
                {"Name":"/k8s_web_web-1_shop_uid_0","Config":{"Image":"web:1","Labels":{"io.kubernetes.container.name":"web",
                "io.kubernetes.pod.name":"web-1","io.kubernetes.pod.namespace":"shop","io.kubernetes.pod.uid":"uid"}}}
                """);
        FileOrigin origin =
                Origins.of(root.resolve(folder + "/" + ID + "-json.log").toString());

        assertThat(origin.service()).isEqualTo("web");
        assertThat(origin.metadata())
                .isEqualTo(Map.of(
                        "container_id", ID,
                        "container", "web",
                        "image", "web:1",
                        "pod", "web-1",
                        "namespace", "shop",
                        "pod_uid", "uid"));
    }

    @Test
    void podmanTellsNameAndImage() throws Exception {
        String folder = "var/lib/containers/storage/overlay-containers";
        write(folder + "/containers.json", """
                [{"id":"other","names":["db"],"metadata":"{}"},
                {"id":"%s","names":["web"],"image":"0123","layer":"4567",
                "metadata":"{\\"image-name\\":\\"docker.io/library/nginx:1.27\\",\\"image-id\\":\\"0123\\",\\"name\\":\\"web\\"}"}]
                """.formatted(ID));
        FileOrigin origin =
                Origins.of(root.resolve(folder + "/" + ID + "/userdata/ctr.log").toString());

        assertThat(origin.service()).isEqualTo("web");
        assertThat(origin.metadata())
                .isEqualTo(Map.of("container_id", ID, "container", "web", "image", "docker.io/library/nginx:1.27"));
    }

    @Test
    void containerdTellsTheImageOfAPodsContainer() throws Exception {
        Path log = write("var/log/pods/shop_web-1_uid/web/0.log", "");
        Files.createDirectories(root.resolve("var/log/containers"));
        Files.createSymbolicLink(root.resolve("var/log/containers/web-1_shop_web-" + ID + ".log"), log);
        write("run/containerd/io.containerd.runtime.v2.task/k8s.io/" + ID + "/config.json", """
                {"ociVersion":"1.1.0","annotations":{"io.kubernetes.cri.container-name":"web",
                "io.kubernetes.cri.image-name":"registry.example.com/shop/web:7"}}
                """);
        FileOrigin origin = Origins.of(log.toString());

        assertThat(origin.service()).isEqualTo("web");
        assertThat(origin.metadata())
                .isEqualTo(Map.of(
                        "namespace", "shop",
                        "pod", "web-1",
                        "pod_uid", "uid",
                        "container", "web",
                        "container_id", ID,
                        "image", "registry.example.com/shop/web:7"));
    }

    @Test
    void whatIsMissingOrDamagedLeavesWhatThePathSays() throws Exception {
        String folder = "var/lib/docker/containers/" + ID;
        write(folder + "/config.v2.json", "{\"Name\":\"/shop");
        String path = root.resolve(folder + "/" + ID + "-json.log").toString();

        assertThat(Origins.of(path)).isEqualTo(PathOrigin.of(path));
        assertThat(Origins.of("/var/lib/docker/containers/" + ID + "/" + ID + "-json.log")
                        .metadata())
                .isEqualTo(Map.of("container_id", ID));
    }
}
