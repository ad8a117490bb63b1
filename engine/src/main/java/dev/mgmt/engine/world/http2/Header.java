package dev.mgmt.engine.world.http2;

/** A header or trailer field; its name in lower case, each character one byte of the wire. */
public record Header(String name, String value) {
    /** What it counts in a table or a list: RFC 7541 section 4.1, RFC 9113 section 6.5.2. */
    int size() {
        return name.length() + value.length() + 32;
    }
}
