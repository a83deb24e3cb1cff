package dev.scopegate.sample.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as JSON objects: in one document, or each on a line of its own. */
final class JsonRows implements RowWriter {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .rootValueSeparator("\n")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private final JsonGenerator json;
    private final boolean document;
    private SerializedString[] names = {};
    private boolean any;

    JsonRows(OutputStream out, boolean document) throws IOException {
        this.json = JSON.createGenerator(out);
        this.document = document;
    }

    @Override
    public void begin(List<Variable> variables) throws IOException {
        names = variables.stream().map(one -> new SerializedString(one.name())).toArray(SerializedString[]::new);
        if (document) {
            json.writeStartObject();
            json.writeArrayFieldStart("results");
        }
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        any = true;
        json.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            json.writeFieldName(names[i]);
            write(values[i]);
        }
        json.writeEndObject();
    }

    private void write(@Nullable Object value) throws IOException {
        if (value == null) json.writeNull();
        else if (value instanceof Double number) json.writeNumber(number);
        else if (value instanceof Long number) json.writeNumber(number);
        else json.writeString(value.toString());
    }

    @Override
    public void end() throws IOException {
        if (document) {
            json.writeEndArray();
            json.writeEndObject();
        } else if (any) {
            json.writeRaw('\n');
        }
        json.close();
    }
}
