package dev.scopegate.config;

import dev.scopegate.text.Nearest;
import dev.scopegate.text.StoreArtifact;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of all settings, checked once when it is built: an unknown key and an ill-typed value are refused with a
 * {@link ConfigurationException} that names where they stand. Immutable; its {@code toString} shows no value.
 */
public final class Configuration {
    /** What the name of a system property begins with; context-params likewise. */
    public static final String PREFIX = "scopegate.";

    private final Map<String, Object> values;

    private Configuration(Map<String, Object> values) {
        this.values = values;
    }

    /** A configuration in which every setting has its default. */
    public static Configuration defaults() {
        return builder(Settings.ALL).build();
    }

    /** Begins a configuration of these settings. */
    public static Builder builder(Collection<? extends Setting<?>> known) {
        return new Builder(known);
    }

    /** The value, which the setting's default makes certain or which was given. */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new ConfigurationException("the setting '" + setting.key() + "' is missing: "
                        + setting.meaning() + " Give it as init-param '" + setting.key() + "', system property '"
                        + PREFIX + setting.key() + "' or in the environment as " + setting.environmentName() + "."));
    }

    /** The value if one was given or the setting has a default. */
    @SuppressWarnings("unchecked") // the builder put in what the setting's own parser returned
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting.key()));
    }

    @Override
    public String toString() {
        return "Configuration" + values.keySet();
    }

    /** Collects sources, the first that has a key wins; for one thread. */
    public static final class Builder {
        private final Map<String, Setting<?>> known = new LinkedHashMap<>();
        private final Map<String, String> byEnvironmentName = new HashMap<>();
        private final Map<String, Given> given = new LinkedHashMap<>();
        private final References references = new References(System::getenv);

        /** A text and where it stands. */
        private record Given(String text, String origin) {}

        private Builder(Collection<? extends Setting<?>> settings) {
            for (Setting<?> setting : settings) {
                if (known.put(setting.key(), setting) != null) {
                    throw new IllegalArgumentException("two settings have the key '" + setting.key() + "'");
                }
                byEnvironmentName.put(setting.environmentName(), setting.key());
            }
        }

        /** One value given in code. */
        public Builder set(Setting<?> setting, String text) {
            return add("code", Map.of(setting.key(), text));
        }

        /** Keys as they are, such as init-params; {@code origin} names the source in error sentences. */
        public Builder add(String origin, Map<String, String> texts) {
            texts.forEach((key, text) -> {
                if (!known.containsKey(key)) {
                    throw new ConfigurationException(
                            origin + ": unknown setting '" + key + "'" + unknown(key, key, known.keySet()));
                }
                given.putIfAbsent(key, new Given(text, origin + ", setting '" + key + "'"));
            });
            return this;
        }

        private String unknown(String key, String name, Collection<String> names) {
            String wire = key.toLowerCase(Locale.ROOT).replace('_', '-');
            String artifact = known.containsKey(Settings.STORE.key()) ? StoreArtifact.hintOfSetting(wire) : "";
            boolean brought = known.keySet().stream()
                    .anyMatch(other -> other.startsWith(wire.substring(0, wire.indexOf('-') + 1)));
            return artifact.isEmpty() || brought ? Nearest.hint(name, names) : artifact;
        }

        /** Keys that begin with {@value Configuration#PREFIX}, such as system properties; others are not ours. */
        public Builder addPrefixed(String origin, Map<?, ?> texts) {
            Map<String, String> ours = new LinkedHashMap<>();
            texts.forEach((key, text) -> {
                if (key instanceof String name && name.startsWith(PREFIX) && text instanceof String value) {
                    ours.put(name.substring(PREFIX.length()), value);
                }
            });
            return add(origin, ours);
        }

        /** Variables that begin with {@code SCOPEGATE_}; the clients' {@code SCOPEGATE_API_TOKEN} is not a setting. */
        public Builder addEnvironment(Map<String, String> environment) {
            environment.forEach((name, text) -> {
                if (!name.startsWith("SCOPEGATE_") || name.equals("SCOPEGATE_API_TOKEN")) return;
                String key = byEnvironmentName.get(name);
                // Kubernetes sets these in every pod beside a service named scopegate
                boolean serviceLink = name.startsWith("SCOPEGATE_SERVICE_") || name.startsWith("SCOPEGATE_PORT");
                if (key == null && serviceLink) return;
                if (key == null) {
                    throw new ConfigurationException("environment: unknown setting '" + name + "'"
                            + unknown(name.substring("SCOPEGATE_".length()), name, byEnvironmentName.keySet()));
                }
                given.putIfAbsent(key, new Given(text, "environment, variable " + name));
            });
            return this;
        }

        /** This process's system properties, then its environment. */
        public Builder addProcess() {
            return addPrefixed("system properties", System.getProperties()).addEnvironment(System.getenv());
        }

        public Configuration build() {
            Map<String, Object> values = new LinkedHashMap<>();
            known.forEach((key, setting) -> {
                Object value = valueOf(setting, given.get(key));
                if (value != null) values.put(key, value);
            });
            return new Configuration(values);
        }

        private @Nullable Object valueOf(Setting<?> setting, @Nullable Given text) {
            if (text == null) {
                String byDefault = setting.defaultText();
                return byDefault == null ? null : setting.parse(byDefault);
            }
            try {
                return setting.parse(references.resolve(text.text()).trim());
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(
                        text.origin() + ": the value " + e.getMessage() + " (" + setting.type() + ")", e);
            }
        }
    }
}
