package dev.scopegate.jaxrs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import dev.scopegate.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers bodies that Jackson could not read. The first two mappers are for exactly the types that Jackson's own provider
 * maps, before which they come by priority; the third is for what that one leaves, such as a body that nests too deep.
 */
final class JsonErrorMappers {
    /** Jackson's mappers have no priority of their own, which means this and one more. */
    private static final int BEFORE_JACKSONS = Priorities.USER - 1;

    private static final Logger LOG = LoggerFactory.getLogger(JsonErrorMappers.class);

    private JsonErrorMappers() {}

    private static Problem problem(JsonProcessingException thrown) {
        if (thrown.getProcessor() instanceof JsonGenerator || thrown instanceof InvalidDefinitionException) {
            LOG.error("a type cannot be read from or written as JSON", thrown);
            return Problem.ofStatus(500);
        }
        if (!(thrown instanceof JsonMappingException misfit) || isSyntax(misfit)) return Problem.parseError();
        StringBuilder attr = new StringBuilder();
        for (JsonMappingException.Reference step : misfit.getPath()) {
            if (attr.length() > 0) attr.append('.');
            attr.append(step.getFieldName() != null ? step.getFieldName() : String.valueOf(step.getIndex()));
        }
        return attr.length() == 0 ? Problem.parseError() : Problem.invalidType(attr.toString());
    }

    /** Whether broken JSON is behind it, which Jackson wraps where it reads a value late. */
    private static boolean isSyntax(JsonMappingException misfit) {
        for (Throwable cause = misfit.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InputCoercionException) return false; // a number that its field cannot hold
            if (cause instanceof StreamReadException) return true;
            if (cause instanceof JsonProcessingException && !(cause instanceof JsonMappingException)) return true;
        }
        return false;
    }

    /** Text that is not JSON. */
    @Priority(BEFORE_JACKSONS)
    static final class Parsing implements ExceptionMapper<JsonParseException> {
        private final Answers answers;

        Parsing(Answers answers) {
            this.answers = answers;
        }

        @Override
        public Response toResponse(JsonParseException unreadable) {
            return answers.of(problem(unreadable));
        }
    }

    /** JSON that does not fit the type it is read as. */
    @Priority(BEFORE_JACKSONS)
    static final class Mapping implements ExceptionMapper<JsonMappingException> {
        private final Answers answers;

        Mapping(Answers answers) {
            this.answers = answers;
        }

        @Override
        public Response toResponse(JsonMappingException misfit) {
            return answers.of(problem(misfit));
        }
    }

    /** Anything else that Jackson refuses. */
    @Priority(BEFORE_JACKSONS)
    static final class Other implements ExceptionMapper<JsonProcessingException> {
        private final Answers answers;

        Other(Answers answers) {
            this.answers = answers;
        }

        @Override
        public Response toResponse(JsonProcessingException refused) {
            return answers.of(problem(refused));
        }
    }
}
