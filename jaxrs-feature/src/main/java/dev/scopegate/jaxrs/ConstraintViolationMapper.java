package dev.scopegate.jaxrs;

import dev.scopegate.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what Bean Validation found wrong with a request; wrong return values are the server's own fault. */
@Priority(Integer.MAX_VALUE) // the application's own mapper of the same comes first
final class ConstraintViolationMapper implements ExceptionMapper<ConstraintViolationException> {
    private static final Logger LOG = LoggerFactory.getLogger(ConstraintViolationMapper.class);

    private final Answers answers;

    ConstraintViolationMapper(Answers answers) {
        this.answers = answers;
    }

    @Override
    public Response toResponse(ConstraintViolationException thrown) {
        List<Problem.Item> items = new ArrayList<>();
        for (ConstraintViolation<?> violation : thrown.getConstraintViolations()) {
            for (Path.Node node : violation.getPropertyPath()) {
                if (node.getKind() == ElementKind.RETURN_VALUE) {
                    LOG.error("a resource returned what its own constraints forbid", thrown);
                    return answers.of(Problem.ofStatus(500));
                }
            }
            String attr = attr(violation.getPropertyPath());
            items.add(new Problem.Item(code(violation), violation.getMessage(), attr, null));
        }
        items.sort(Comparator.comparing(item -> String.valueOf(item.attr())));
        return answers.of(items.isEmpty() ? Problem.badRequest() : Problem.validation(items));
    }

    /** The name of the constraint, such as {@code not_null} for {@code @NotNull}. */
    private static String code(ConstraintViolation<?> violation) {
        Class<?> constraint =
                violation.getConstraintDescriptor().getAnnotation().annotationType();
        return constraint
                .getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    /** The field's path in the body, or the parameter's name: {@code scopes.0} for the first of the scopes. */
    private static String attr(Path path) {
        List<String> steps = new ArrayList<>();
        String parameter = "";
        for (Path.Node node : path) {
            Integer index = node.getIndex();
            if (index != null) steps.add(index.toString());
            if (node.getKind() == ElementKind.METHOD) continue;
            if (node.getKind() == ElementKind.PARAMETER) parameter = String.valueOf(node.getName());
            else if (node.getName() != null && node.getKind() == ElementKind.PROPERTY) steps.add(node.getName());
        }
        return steps.isEmpty() ? parameter : String.join(".", steps);
    }
}
