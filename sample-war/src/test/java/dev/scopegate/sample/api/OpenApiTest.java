package dev.scopegate.sample.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The description says what there is: whoever adds a call describes it. Answers are held against it in {@code it-tests}. */
class OpenApiTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final Pattern SERVLET = Pattern.compile("<url-pattern>(/[^<*]+)</url-pattern>");

    private final JsonNode description = read("/openapi.json");

    private static JsonNode read(String resource) {
        try (InputStream file = Objects.requireNonNull(OpenApiTest.class.getResourceAsStream(resource), resource)) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
    }

    /** The operations, by calls such as {@code GET /api/v1/me}. */
    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                assertThat(METHODS).contains(method.getKey());
                operations.put(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue());
            }
        }
        return operations;
    }

    @Test
    void itIsOpenApi31() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        Schema schema = registry.getSchema(read("/openapi-3.1-schema.json"));

        assertThat(schema.validate(description)).isEmpty();
        JsonNode wrong = description.deepCopy();
        ((ObjectNode) wrong.at("/paths/~1healthz/get")).remove("responses");
        ((ObjectNode) wrong.at("/info")).remove("title");
        assertThat(schema.validate(wrong)).isNotEmpty();
    }

    @Test
    void everySchemaIsOne() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        Schema schema = registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        for (JsonNode one : description.at("/components/schemas"))
            assertThat(schema.validate(one)).isEmpty();
    }

    @Test
    void everyCallIsDescribedAndNothingElse() throws Exception {
        Set<String> calls = ResourceMethods.all().keySet();
        String webXml = Files.readString(Path.of("src/main/webapp/WEB-INF/web.xml"), StandardCharsets.UTF_8);
        Set<String> servlets = new TreeSet<>();
        SERVLET.matcher(webXml.substring(webXml.indexOf("<servlet-mapping>")))
                .results()
                .forEach(found -> servlets.add(found.group(1)));
        Set<String> described = new TreeSet<>(operations().keySet());

        assertThat(described).containsAll(calls);
        described.removeAll(calls);
        described.removeIf(call -> calls.contains(call.replace("{kind}/{id}", "{resource}"))); // one method reads both
        assertThat(described.stream().map(call -> call.replaceAll("^\\w+ ", "")))
                .containsAll(servlets)
                .allMatch(servlets::contains);
    }

    @Test
    void itNamesTheScopesThatTheAnnotationsNameAndSuchAsThereAre() {
        Set<String> known = new TreeSet<>();
        read("/scope-catalog.json")
                .path("scopes")
                .forEach(one -> known.add(one.path("name").asText()));
        Map<String, Method> methods = ResourceMethods.all();
        operations().forEach((call, operation) -> {
            List<String> named = new ArrayList<>();
            for (JsonNode way : operation.path("security")) {
                way.path("bearer").forEach(scope -> named.add(scope.asText()));
            }
            assertThat(known).as(call).containsAll(named);
            Method method = methods.get(call);
            List<String> wanted = method == null ? List.of() : ResourceMethods.scopes(method);
            if (!wanted.isEmpty()) assertThat(named).as(call).isEqualTo(wanted);
        });
    }

    @Test
    void itNamesThePathParametersOfEachPath() {
        Pattern template = Pattern.compile("\\{(\\w+)}");
        operations().forEach((call, operation) -> {
            List<String> declared = new ArrayList<>();
            for (JsonNode one : operation.path("parameters")) {
                JsonNode parameter = one.has("$ref")
                        ? description.at(one.path("$ref").asText().substring(1))
                        : one;
                assertThat(parameter.isMissingNode()).as(call + " " + one).isFalse();
                if (parameter.path("in").asText().equals("path"))
                    declared.add(parameter.path("name").asText());
            }
            List<String> inPath =
                    template.matcher(call).results().map(MatchResult::group).toList();
            assertThat(declared.stream().map(name -> "{" + name + "}").toList())
                    .as(call)
                    .isEqualTo(inPath);
        });
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsReferredTo() {
        Set<String> targets = new TreeSet<>();
        for (JsonNode reference : description.findValues("$ref")) {
            String pointer = reference.asText().substring(1);
            assertThat(description.at(pointer).isMissingNode()).as(pointer).isFalse();
            targets.add(pointer);
        }
        for (String kind : List.of("schemas", "responses", "headers", "parameters")) {
            description
                    .at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(targets).contains("/components/" + kind + "/" + name));
        }
    }
}
