/** What a person or a program sees. Nothing else prints. */
@NullMarked
package dev.mgmt.cli.view;

import org.jspecify.annotations.NullMarked;
