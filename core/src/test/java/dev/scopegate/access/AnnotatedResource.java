package dev.scopegate.access;

import dev.scopegate.annotation.ExportLimited;
import dev.scopegate.annotation.RequiresAnyScope;
import dev.scopegate.annotation.RequiresScope;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;

/** A resource class with one method for each way to declare access, right or wrong. */
@RequiresScope("read")
class AnnotatedResource {
    public void inherits() {}

    @RequiresScope({"edit", "jobs"})
    public void both() {}

    @RequiresAnyScope(
            value = {"edit", "jobs"},
            resource = "dataset:{id}",
            fresh = true,
            hide = true)
    public void either() {}

    @RolesAllowed({"edit", "jobs"})
    public void roles() {}

    @PermitAll
    public void open() {}

    @DenyAll
    public void shut() {}

    @RequiresScope("edti")
    public void misspelt() {}

    @RequiresScope({})
    public void empty() {}

    @RolesAllowed({})
    public void nobody() {}

    @RequiresScope(value = "read", resource = "dataset:{dataset}")
    public void missing() {}

    @RequiresScope(value = "read", resource = "dataset:{id")
    public void unpaired() {}

    @RequiresScope("read")
    @PermitAll
    public void contradictory() {}

    @ExportLimited("dataset:{id}")
    @RequiresScope("read")
    public void export() {}

    @ExportLimited("dataset:{id}")
    @PermitAll
    public void giveAway() {}
}
