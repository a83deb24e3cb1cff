package dev.scopegate.servlet;

import dev.scopegate.access.Requirement;
import dev.scopegate.access.ResourceTemplate;
import dev.scopegate.config.ConfigurationException;
import dev.scopegate.config.Settings;
import dev.scopegate.scope.ScopeCatalog;
import dev.scopegate.text.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The setting {@code scope-rules}: {@code METHODS PATH ACCESS} lines in order, of which the first that covers holds. */
final class ScopeRules {
    private static final List<String> WORDS = List.of("permit", "session", "authenticated", "deny", "any");
    private static final String RESOURCE = "resource=";

    private final List<ScopeRule> rules;

    private ScopeRules(List<ScopeRule> rules) {
        this.rules = List.copyOf(rules);
    }

    static ScopeRules parse(String text, ScopeCatalog catalog) {
        List<ScopeRule> rules = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String rule =
                    line.contains(" #") ? line.substring(0, line.indexOf(" #")).trim() : line.trim();
            if (rule.isEmpty() || rule.startsWith("#")) continue;
            try {
                rules.add(parseLine(rule, catalog));
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(
                        Settings.SCOPE_RULES.key() + ", line " + number + " '" + rule + "': " + e.getMessage(), e);
            }
        }
        return new ScopeRules(rules);
    }

    private static ScopeRule parseLine(String rule, ScopeCatalog catalog) {
        List<String> words = new ArrayList<>(Arrays.asList(rule.split("\\s+")));
        if (words.size() < 3) {
            throw new IllegalArgumentException("a rule is written METHODS PATH ACCESS, such as"
                    + " 'GET,HEAD /reports/{id} data.data resource=report:{id}' or '* /healthz permit'");
        }
        Set<String> methods = methods(words.remove(0));
        PathPattern pattern = PathPattern.parse(words.remove(0));
        ResourceTemplate resource = null;
        String last = words.get(words.size() - 1);
        if (last.startsWith(RESOURCE)) {
            resource = resource(last.substring(RESOURCE.length()), pattern);
            words.remove(words.size() - 1);
        }
        Requirement access = access(words, catalog);
        if (resource != null && access.access() != Requirement.Access.TOKEN) {
            throw new IllegalArgumentException("only a rule that needs a token can name a resource");
        }
        return new ScopeRule(methods, pattern, access.on(resource));
    }

    private static Set<String> methods(String word) {
        if (word.equals("*")) return Set.of();
        Set<String> methods = new TreeSet<>(Arrays.asList(word.split(",")));
        for (String method : methods) {
            if (!method.matches("[A-Z][A-Z-]*")) {
                throw new IllegalArgumentException("'" + method + "' is no method in capitals, nor '*'");
            }
        }
        if (methods.contains("GET")) methods.add("HEAD"); // which servlets answer as GET without a body
        return methods;
    }

    private static ResourceTemplate resource(String text, PathPattern pattern) {
        ResourceTemplate template = ResourceTemplate.parse(text);
        for (String name : template.parameters()) {
            if (!pattern.variables().contains(name)) {
                throw new IllegalArgumentException(
                        "the path has no variable '" + name + "'" + Nearest.hint(name, pattern.variables()));
            }
        }
        return template;
    }

    private static Requirement access(List<String> words, ScopeCatalog catalog) {
        if (words.isEmpty()) throw new IllegalArgumentException("the rule says not who may pass");
        String first = words.get(0);
        if (first.equals("any") && words.size() > 1) return Requirement.anyOf(catalog, words.subList(1, words.size()));
        if (!WORDS.contains(first)) return Requirement.allOf(catalog, words);
        if (words.size() > 1 || first.equals("any")) {
            throw new IllegalArgumentException("'" + first + "' and the scopes do not go together");
        }
        return Requirement.of(
                switch (first) {
                    case "permit" -> Requirement.Access.PERMIT;
                    case "session" -> Requirement.Access.SESSION;
                    case "deny" -> Requirement.Access.DENY;
                    default -> Requirement.Access.TOKEN;
                });
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    @Nullable ScopeRule first(String method, Target target) {
        for (int i = 0; i < rules.size(); i++) {
            ScopeRule rule = rules.get(i);
            if (rule.covers(method, target)) return rule;
        }
        return null;
    }
}
