package dev.scopegate.issuer.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, read but not yet understood, so that what is wrong with it can be answered like everything else. At
 * most 64 KiB; JSON without duplicate keys and with nothing after it.
 */
public final class JsonBody {
    /** How large a body may be. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final byte[] bytes;
    private final boolean json;

    private JsonBody(byte[] bytes, boolean json) {
        this.bytes = bytes;
        this.json = json;
    }

    public static JsonBody read(InputStream in, @Nullable MediaType type) throws IOException {
        boolean json = type != null
                && type.getType().equalsIgnoreCase("application")
                && type.getSubtype().equalsIgnoreCase("json");
        return new JsonBody(in.readNBytes(MAX_BYTES + 1), json);
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The fields of the object that the body is; what is wrong with them goes to {@code errors}. */
    public Fields fields(FieldErrors errors) throws AccessDenied {
        if (bytes.length > MAX_BYTES) throw new AccessDenied(Problem.ofStatus(413));
        if (!json) throw new AccessDenied(Problem.ofStatus(415));
        JsonNode root = parse();
        if (root.isMissingNode()) throw new AccessDenied(Problem.parseError());
        return new Fields(root, "", errors);
    }

    private JsonNode parse() throws AccessDenied {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new AccessDenied(Problem.parseError());
        } catch (IOException e) {
            throw new IllegalStateException("reading an array cannot fail", e);
        }
    }
}
