package dev.scopegate.trial;

import dev.scopegate.security.BearerTokenMechanism;
import jakarta.enterprise.context.ApplicationScoped;

/** The application's choice of a mechanism. */
@ApplicationScoped
public class Mechanism extends BearerTokenMechanism {}
