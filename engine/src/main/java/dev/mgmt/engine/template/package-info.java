/**
 * Texts with variables in them. The only package that knows the template library, whose language is
 * Mustache's.
 */
@NullMarked
package dev.mgmt.engine.template;

import org.jspecify.annotations.NullMarked;
