package dev.mgmt.remote.inventory;

/** Where something stands in a file; line and column from 1, 0 for the file as a whole. */
record Place(String file, int line, int column) {
    static Place wholeFile(String file) {
        return new Place(file, 0, 0);
    }

    /** The same line, so many characters on. */
    Place plus(int characters) {
        return new Place(file, line, column + characters);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
