package dev.mgmt.cli.view;

/** The terminal as the live view needs it. */
interface Screen extends AutoCloseable {
    int rows();

    int columns();

    /** Passes text and control sequences on at once. */
    void write(String text);

    @Override
    void close();
}
