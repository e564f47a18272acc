package dev.logagent.dist.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** One schema of an OpenAPI document, in which no undocumented member is allowed. */
record OpenApiSchema(Schema schema) {

    /** @param name that of one of the document's components */
    static OpenApiSchema of(JsonNode document, String name) {
        return at(document, "/components/schemas/" + name);
    }

    /** @param pointer where in the document the schema is */
    static OpenApiSchema at(JsonNode document, String pointer) {
        JsonNode strict = document.deepCopy();
        closeAll(strict);
        ObjectNode root = ((ObjectNode) strict).put("$ref", "#" + pointer);
        return new OpenApiSchema(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root.toString(), InputFormat.JSON));
    }

    private static void closeAll(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(OpenApiSchema::closeAll);
    }

    List<String> faults(String json) {
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }
}
