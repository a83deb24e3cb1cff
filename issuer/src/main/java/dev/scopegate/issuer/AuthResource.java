package dev.scopegate.issuer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.scopegate.issuer.json.JsonBody;
import dev.scopegate.problem.AccessDenied;
import dev.scopegate.problem.Unavailable;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code /auth}: an API key and its secret, a name and a password, or a refresh token, for an access token. */
@Path("v1/auth")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll // what is in the body says who asks
public class AuthResource {
    private static final DateTimeFormatter EXPIRES = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Issuer issuer;

    public AuthResource(@Context ServletContext context) {
        issuer = Issuer.of(context);
    }

    @POST
    @Path("authenticate")
    public Response authenticate(@Context HttpServletRequest request, JsonBody body) throws AccessDenied, Unavailable {
        List<String> given = Bodies.texts(body, "apiKey", "secret");
        return answer(issuer.exchange().authenticate(given.get(0), given.get(1), issuer.from(request)));
    }

    @POST
    @Path("refreshToken")
    public Response refresh(@Context HttpServletRequest request, JsonBody body) throws AccessDenied, Unavailable {
        List<String> given = Bodies.texts(body, "apiKey", "refreshToken");
        return answer(issuer.exchange().refresh(given.get(0), given.get(1), issuer.from(request)));
    }

    @POST
    @Path("login")
    public Response login(@Context HttpServletRequest request, JsonBody body) throws AccessDenied, Unavailable {
        Login login = issuer.login();
        List<String> given = Bodies.texts(body, "username", "password");
        return answer(login.login(given.get(0), given.get(1), issuer.from(request)));
    }

    @POST
    @Path("refresh")
    public Response refreshLogin(@Context HttpServletRequest request, JsonBody body) throws AccessDenied, Unavailable {
        Login login = issuer.login();
        return answer(login.refresh(Bodies.texts(body, "refresh_token").get(0), issuer.from(request)));
    }

    private static Response answer(Login.Session session) {
        UserDirectory.Entry user = session.user();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", user.id());
        json.put("email", user.email());
        json.put("username", user.name());
        json.put("company_id", user.company());
        json.put("token_access", session.pair().revealAccess());
        json.put("access_token", session.pair().revealAccess());
        json.put("refresh_token", session.pair().revealRefresh());
        json.put("is_verified", user.verified());
        json.putObject("profile").put("full_name", user.fullName());
        return Answers.ok(json).build();
    }

    private static Response answer(TokenPair pair) {
        return Answers.ok(JsonNodeFactory.instance
                        .objectNode()
                        .put("accessToken", pair.revealAccess())
                        .put("expires", EXPIRES.format(pair.expires()))
                        .put("refreshToken", pair.revealRefresh()))
                .build();
    }
}
