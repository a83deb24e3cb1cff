package dev.scopegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.token.BearerToken;
import dev.scopegate.token.TokenFormat;
import dev.scopegate.token.TokenKind;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingTokenStoreTest {
    private final List<String> asked = new ArrayList<>();
    private final TokenStore behind = (TokenStore) Proxy.newProxyInstance(
            TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                asked.add(method.getName());
                return method.getReturnType() == boolean.class ? Boolean.TRUE : null;
            });

    @Test
    void whateverAStoreIsAskedTheOneBehindItIsAsked() throws Exception {
        TokenStore decorator = new ForwardingTokenStore(behind) {};
        BearerToken token = TokenFormat.standard().mint(TokenKind.PERSONAL);
        List<String> all = new ArrayList<>();
        for (Method method : TokenStore.class.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())) continue;
            Object[] arguments = new Object[method.getParameterCount()];
            Arrays.fill(arguments, token);
            Object unused = method.invoke(decorator, arguments);
            all.add(method.getName());
        }

        assertThat(all).contains("find", "auditLog", "nodeLocks", "close");
        assertThat(asked).containsExactlyElementsOf(all);
    }
}
