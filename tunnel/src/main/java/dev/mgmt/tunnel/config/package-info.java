/**
 * What the installed OpenSSH client says of a host: asked with {@code ssh -G}, read, and judged by
 * what of it we can do. Nothing here imitates ssh_config(5); nothing here connects.
 */
@NullMarked
package dev.mgmt.tunnel.config;

import org.jspecify.annotations.NullMarked;
