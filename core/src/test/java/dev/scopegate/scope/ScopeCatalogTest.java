package dev.scopegate.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeCatalogTest {
    private final ScopeCatalog catalog = ScopeCatalog.of(
            new Scope("public", "", "", List.of(), true),
            Scope.named("data.overview").implying("public"),
            Scope.named("data.data").implying("data.overview"),
            Scope.named("data.edit").implying("data.data"),
            Scope.named("job:list"),
            Scope.named("admin"));

    @Test
    void aScopeGrantsWhatItImpliesNearAndFarAndNothingElse() {
        ScopeSet edit = ScopeSet.of("data.edit");

        assertThat(List.of("data.edit", "data.data", "data.overview", "public"))
                .allMatch(name -> catalog.grants(edit, name));
        assertThat(catalog.grants(edit, "job:list")).isFalse();
        assertThat(catalog.grants(edit, "admin")).isFalse();
        assertThat(catalog.grants(ScopeSet.of("public"), "data.overview")).isFalse();
    }

    @Test
    void adminGrantsEveryDeclaredScope() {
        for (Scope scope : catalog.scopes()) {
            assertThat(catalog.grants(ScopeSet.of("admin"), scope.name())).isTrue();
        }
        assertThat(catalog.grants(ScopeSet.of("admin"), "undeclared")).isFalse();
    }

    @Test
    void aScopeThatImpliesAdminGrantsWhatAdminGrants() {
        ScopeCatalog rooted =
                ScopeCatalog.of(Scope.named("root").implying("admin"), Scope.named("admin"), Scope.named("job:list"));

        assertThat(rooted.grants(ScopeSet.of("root"), "admin")).isTrue();
        assertThat(rooted.grants(ScopeSet.of("root"), "job:list")).isTrue();
        assertThat(rooted.grants(ScopeSet.of("admin"), "root")).isTrue();
    }

    @Test
    void withoutAScopeOfThatNameNobodyIsAdmin() {
        ScopeCatalog plain = ScopeCatalog.of(Scope.named("public"));

        assertThat(plain.grants(ScopeSet.of("admin"), "public")).isFalse();
    }

    @Test
    void scopesOfOtherPeoplesTokensThatNobodyDeclaredGrantNothing() {
        assertThat(catalog.grants(ScopeSet.of("undeclared"), "undeclared")).isFalse();
        assertThat(catalog.grants(ScopeSet.of("DATA.EDIT", "Public"), "public")).isFalse();
        assertThat(catalog.grants(ScopeSet.of(), "public")).isFalse();
    }

    @Test
    void defaultsComeFirstAndOnce() {
        assertThat(catalog.withDefaults(List.of("job:list", "public"))).containsExactly("public", "job:list");
        assertThat(catalog.withDefaults(List.of())).containsExactly("public");
    }

    @Test
    void anUndeclaredNameIsRefusedWithTheNearestOne() {
        assertThat(catalog.require("job:list")).isEqualTo("job:list");
        assertThat(catalog.contains("job:list")).isTrue();
        assertThatThrownBy(() -> catalog.require("job.list"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scope 'job.list' is not in the scope catalog; the nearest valid name is 'job:list'");
        assertThatThrownBy(() -> catalog.require("something-quite-different"))
                .hasMessage("scope 'something-quite-different' is not in the scope catalog");
    }

    @Test
    void cyclesAreRefused() {
        assertThatThrownBy(() -> ScopeCatalog.of(Scope.named("a").implying("a")))
                .hasMessageContaining("scope 'a' implies itself");
        assertThatThrownBy(() -> ScopeCatalog.of(
                        Scope.named("x").implying("a"),
                        Scope.named("a").implying("b"),
                        Scope.named("b").implying("c"),
                        Scope.named("c").implying("a")))
                .hasMessageContaining("scope 'a' implies itself in a cycle");
    }

    @Test
    void aDiamondIsNoCycle() {
        ScopeCatalog diamond = ScopeCatalog.of(
                Scope.named("top").implying("left", "right"),
                Scope.named("left").implying("bottom"),
                Scope.named("right").implying("bottom"),
                Scope.named("bottom"));

        assertThat(diamond.grantors("bottom")).containsExactlyInAnyOrder("top", "left", "right", "bottom");
        assertThat(diamond.grantors("nowhere")).isEmpty();
    }

    @Test
    void scopesAreListedInTheirOrderAndCannotBeChanged() {
        assertThat(catalog.scopes())
                .extracting(Scope::name)
                .containsExactly("public", "data.overview", "data.data", "data.edit", "job:list", "admin");
        assertThatThrownBy(() -> catalog.scopes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aScopeNameIsVisibleAsciiWithoutSpaceQuoteAndBackslash() {
        for (String good : List.of("a", "!", "~", "a:b.c/d", "https://example.org/scope", "x".repeat(100))) {
            assertThat(Scope.isName(good)).as(good).isTrue();
        }
        for (String bad : List.of("", " ", "a b", "a\"", "a\\", "é", "a\n", "a\t", "\u007f", "x".repeat(101))) {
            assertThat(Scope.isName(bad)).as(bad).isFalse();
            assertThatThrownBy(() -> Scope.named(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSetKeepsTheFirstOfEachNameInOrder() {
        ScopeSet set = ScopeSet.copyOf(List.of("b", "a", "b"));

        assertThat(set).containsExactly("b", "a").hasToString("b a").isEqualTo(java.util.Set.of("a", "b"));
        assertThat(ScopeSet.copyOf(set)).isSameAs(set);
        assertThat(ScopeSet.of()).isEmpty();
        assertThatThrownBy(() -> set.add("c")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(set::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aScopeParameterIsNamesBetweenSpaces() {
        assertThat(ScopeSet.parse("  data.edit   public ")).containsExactly("data.edit", "public");
        assertThat(ScopeSet.parse("")).isEmpty();
        assertThat(ScopeSet.parse("   ")).isEmpty();
        assertThat(ScopeSet.parse("a b a").toString()).isEqualTo("a b");
    }

    @Test
    void aCatalogWithoutScopesIsAMistake() {
        assertThatThrownBy(ScopeCatalog::of).hasMessage("a catalog declares at least one scope");
    }
}
