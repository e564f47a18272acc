package dev.logagent.dist.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.option.OptionType;
import dev.logagent.dist.config.ConfigTables.Section;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as JSON Schema (draft 2020-12), for editors. Made from the same tables that validate, so it cannot
 * say anything else; what depends on several values, or on the machine, only the agent checks.
 */
public final class ConfigSchema {

    /** A string that only gets its value from outside may stand for a number too. */
    private static final String REFERENCE = "\\$\\{.+\\}";

    private final JsonGenerator json;

    private ConfigSchema(JsonGenerator json) {
        this.json = json;
    }

    /** The schema, with the tables of all these transports. */
    public static String of(Transports transports) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            new ConfigSchema(json).write(transports);
        } catch (IOException e) {
            throw new UncheckedIOException("a string does not fail", e);
        }
        return out.append('\n').toString();
    }

    private void write(Transports transports) throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.writeStringField("title", "log-agent.config");
        json.writeStringField("type", "object");
        json.writeBooleanField("additionalProperties", false);
        json.writeObjectFieldStart("properties");
        json.writeObjectFieldStart(ConfigTables.INCLUDE);
        json.writeStringField("description", ConfigReference.INCLUDE);
        strings();
        json.writeEndObject();
        for (Section section : ConfigTables.SECTIONS) {
            json.writeObjectFieldStart(section.name());
            json.writeStringField("description", section.doc());
            if (section.repeated()) {
                list(section.table());
            } else {
                table(section.table());
            }
            json.writeEndObject();
        }
        transports(transports);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void transports(Transports transports) throws IOException {
        json.writeObjectFieldStart(ConfigTables.TRANSPORT);
        json.writeStringField("type", "object");
        json.writeBooleanField("additionalProperties", false);
        json.writeObjectFieldStart("properties");
        for (String name : transports.names()) {
            var factory = transports.find(name);
            if (factory.isPresent()) {
                json.writeObjectFieldStart(name);
                json.writeStringField("description", factory.get().summary());
                table(factory.get().options());
                json.writeEndObject();
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void table(OptionTable table) throws IOException {
        json.writeStringField("type", "object");
        json.writeBooleanField("additionalProperties", false);
        List<String> required = table.specs().stream()
                .filter(OptionSpec::required)
                .map(OptionSpec::key)
                .toList();
        if (!required.isEmpty()) {
            json.writeArrayFieldStart("required");
            for (String key : required) {
                json.writeString(key);
            }
            json.writeEndArray();
        }
        json.writeObjectFieldStart("properties");
        for (OptionSpec spec : table.specs()) {
            json.writeObjectFieldStart(spec.key());
            option(spec);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void list(OptionTable columns) throws IOException {
        json.writeStringField("type", "array");
        json.writeObjectFieldStart("items");
        table(columns);
        json.writeEndObject();
    }

    private void option(OptionSpec spec) throws IOException {
        json.writeStringField("description", spec.doc().replace("`", ""));
        OptionTable columns = spec.columns();
        switch (spec.type()) {
            case STRING_LIST -> strings();
            case STRING_MAP -> {
                json.writeStringField("type", "object");
                json.writeObjectFieldStart("additionalProperties");
                json.writeStringField("type", "string");
                json.writeEndObject();
            }
            case TABLE -> json.writeStringField("type", "object");
            case TABLE_LIST -> {
                if (columns != null) {
                    list(columns);
                }
            }
            case STRING, INTEGER, DECIMAL, BOOLEAN -> scalar(spec);
        }
        defaultValue(spec.defaultValue());
    }

    private void scalar(OptionSpec spec) throws IOException {
        if (spec.type() == OptionType.STRING && spec.allowed().isEmpty()) {
            json.writeStringField("type", "string");
            limits(spec, "minLength", "maxLength");
            return;
        }
        json.writeArrayFieldStart("anyOf");
        json.writeStartObject();
        if (spec.type() == OptionType.STRING) {
            json.writeArrayFieldStart("enum");
            for (String word : spec.allowed()) {
                json.writeString(word);
            }
            json.writeEndArray();
        } else {
            json.writeStringField("type", typeName(spec.type()));
            limits(spec, "minimum", "maximum");
        }
        json.writeEndObject();
        json.writeStartObject();
        json.writeStringField("type", "string");
        json.writeStringField("pattern", REFERENCE);
        json.writeEndObject();
        json.writeEndArray();
    }

    private static String typeName(OptionType type) {
        return type == OptionType.INTEGER ? "integer" : type == OptionType.DECIMAL ? "number" : "boolean";
    }

    private void limits(OptionSpec spec, String least, String most) throws IOException {
        limit(least, spec.min());
        limit(most, spec.max());
    }

    private void limit(String name, double value) throws IOException {
        if (value == Math.rint(value) && !Double.isInfinite(value)) {
            json.writeNumberField(name, (long) value);
        } else if (!Double.isInfinite(value)) {
            json.writeNumberField(name, value);
        }
    }

    /** One string, or a list of strings. */
    private void strings() throws IOException {
        json.writeArrayFieldStart("anyOf");
        json.writeStartObject();
        json.writeStringField("type", "string");
        json.writeEndObject();
        json.writeStartObject();
        json.writeStringField("type", "array");
        json.writeObjectFieldStart("items");
        json.writeStringField("type", "string");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void defaultValue(@Nullable Object value) throws IOException {
        if (value instanceof Long number) {
            json.writeNumberField("default", number);
        } else if (value instanceof Double number) {
            json.writeNumberField("default", number);
        } else if (value instanceof Boolean truth) {
            json.writeBooleanField("default", truth);
        } else if (value instanceof String text) {
            json.writeStringField("default", text);
        } else if (value instanceof List<?> list) {
            json.writeArrayFieldStart("default");
            for (Object element : list) {
                json.writeString(String.valueOf(element));
            }
            json.writeEndArray();
        }
    }
}
