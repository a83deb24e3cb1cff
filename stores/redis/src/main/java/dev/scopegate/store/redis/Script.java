package dev.scopegate.store.redis;

import dev.scopegate.problem.Unavailable;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Lua script, which the server runs whole and alone. Sent once, then named by its digest. Immutable.
 *
 * @param <T> what it answers with
 */
final class Script<T> {
    private final String text;
    private final String digest;
    private final ScriptOutputType type;

    private Script(String name, ScriptOutputType type) {
        this.text = resource("common") + resource(name);
        this.digest = digest(text);
        this.type = type;
    }

    /** One that answers with a number. */
    static Script<Long> ofNumber(String name) {
        return new Script<>(name, ScriptOutputType.INTEGER);
    }

    /** One that answers with a text. */
    static Script<String> ofText(String name) {
        return new Script<>(name, ScriptOutputType.VALUE);
    }

    /** One that answers with a list of texts and lists. */
    static Script<List<Object>> ofList(String name) {
        return new Script<>(name, ScriptOutputType.MULTI);
    }

    T run(Line line, Keys keys, List<String> arguments) throws Unavailable {
        String[] root = {keys.root()};
        String[] values = arguments.toArray(String[]::new);
        try {
            return line.run(commands -> commands.evalsha(digest, type, root, values));
        } catch (Unavailable e) {
            if (!(e.getCause() instanceof RedisNoScriptException)) throw e;
            return line.run(commands -> commands.eval(text, type, root, values));
        }
    }

    private static String resource(String name) {
        try (@Nullable InputStream file = Script.class.getResourceAsStream(name + ".lua")) {
            if (file == null) throw new IllegalStateException("the script " + name + ".lua is not in this jar");
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1"); // what EVALSHA goes by
            return HexFormat.of().formatHex(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
