package dev.logagent.dist.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComposeFileIT {

    @Test
    void followsTheComposeSpecification() throws Exception {
        assertThat(errors(ComposeFile.read().root())).isEmpty();
    }

    @Test
    void theSchemaFindsMistakes() throws Exception {
        ObjectNode file = (ObjectNode) ComposeFile.read().root();
        ((ObjectNode) file.path("services").path("collector")).put("restrat", "always");

        assertThat(errors(file))
                .singleElement()
                .satisfies(error -> assertThat(error.toString()).contains("restrat"));
    }

    @Test
    void hasTheServicesAndTheirFiles() throws Exception {
        ComposeFile file = ComposeFile.read();

        assertThat(file.root().path("services").propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactly("collector", "log-receiver", "rabbitmq");
        for (String service : List.of("collector", "rabbitmq")) {
            assertThat(file.mountedFiles(service).keySet())
                    .isNotEmpty()
                    .allSatisfy(path -> assertThat(path).isRegularFile());
        }
        file.root()
                .path("services")
                .propertyStream()
                .forEach(service -> ComposeFile.strings(service.getValue().path("ports"))
                        .forEach(port ->
                                assertThat(port).as("on this host alone").startsWith("127.0.0.1:")));
    }

    private static List<Error> errors(JsonNode file) throws IOException {
        try (InputStream text = ComposeFileIT.class.getResourceAsStream("/compose/compose-spec.json")) {
            ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(text);
            // It names draft 7 by an address that is not the draft's own, and itself by no address at all.
            schema.remove(List.of("$schema", "$id"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema.toString(), InputFormat.JSON)
                    .validate(file.toString(), InputFormat.JSON);
        }
    }
}
