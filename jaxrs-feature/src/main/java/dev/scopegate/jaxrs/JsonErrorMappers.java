package dev.scopegate.jaxrs;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.scopegate.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Answers bodies that Jackson could not read. Two mappers for exactly the types that Jackson's own provider maps, before
 * which they come by priority.
 */
final class JsonErrorMappers {
    private JsonErrorMappers() {}

    /** Text that is not JSON. */
    @Priority(1)
    static final class Parsing implements ExceptionMapper<JsonParseException> {
        private final Answers answers;

        Parsing(Answers answers) {
            this.answers = answers;
        }

        @Override
        public Response toResponse(JsonParseException unreadable) {
            return answers.of(Problem.parseError());
        }
    }

    /** JSON that does not fit the type it is read as. */
    @Priority(1)
    static final class Mapping implements ExceptionMapper<JsonMappingException> {
        private final Answers answers;

        Mapping(Answers answers) {
            this.answers = answers;
        }

        @Override
        public Response toResponse(JsonMappingException misfit) {
            StringBuilder attr = new StringBuilder();
            for (JsonMappingException.Reference step : misfit.getPath()) {
                if (attr.length() > 0) attr.append('.');
                attr.append(step.getFieldName() != null ? step.getFieldName() : String.valueOf(step.getIndex()));
            }
            return answers.of(attr.length() == 0 ? Problem.parseError() : Problem.invalidType(attr.toString()));
        }
    }
}
