package dev.mgmt.engine.dbus;

import java.util.ArrayList;
import java.util.List;

/** The type of one value (D-Bus Specification, "Type System"). */
sealed interface Type {
    /** What a value's position in a message is a multiple of. */
    int alignment();

    /** Types without parts, by their code. */
    record Basic(char code) implements Type {
        static final String CODES = "ybnqiuxtdsogh";

        @Override
        public int alignment() {
            return switch (code) {
                case 'y', 'g' -> 1;
                case 'n', 'q' -> 2;
                case 'x', 't', 'd' -> 8;
                default -> 4;
            };
        }
    }

    /** A value that brings its type along. */
    record Variant() implements Type {
        @Override
        public int alignment() {
            return 1;
        }
    }

    record Array(Type element) implements Type {
        @Override
        public int alignment() {
            return 4;
        }
    }

    record Struct(List<Type> members) implements Type {
        public Struct {
            members = List.copyOf(members);
        }

        @Override
        public int alignment() {
            return 8;
        }
    }

    /** One of a dictionary, which is an array of them. */
    record Entry(Type key, Type value) implements Type {
        @Override
        public int alignment() {
            return 8;
        }
    }

    /** The types of a signature, one after the other. */
    static List<Type> all(String signature) throws ProtocolFault {
        if (signature.length() > 255) {
            throw new ProtocolFault("a signature of " + signature.length() + " characters");
        }
        Signature reading = new Signature(signature);
        List<Type> types = new ArrayList<>();
        while (!reading.atEnd()) {
            types.add(reading.one());
        }
        return types;
    }

    /** Exactly one type, as a variant has it. */
    static Type single(String signature) throws ProtocolFault {
        List<Type> types = all(signature);
        if (types.size() != 1) {
            throw new ProtocolFault("`" + signature + "` is not the type of one value");
        }
        return types.getFirst();
    }

    /** A signature being read. */
    final class Signature {
        /** The specification allows 32 arrays and 32 structs in each other. */
        private static final int DEEPEST = 64;

        private final String text;
        private int next;
        private int depth;

        private Signature(String text) {
            this.text = text;
        }

        private boolean atEnd() {
            return next == text.length();
        }

        private Type one() throws ProtocolFault {
            depth++;
            if (atEnd() || depth > DEEPEST) {
                throw fault();
            }
            char code = text.charAt(next++);
            Type type =
                    switch (code) {
                        case 'v' -> new Variant();
                        case 'a' -> new Array(element());
                        case '(' -> struct();
                        default -> basic(code);
                    };
            depth--;
            return type;
        }

        private Type element() throws ProtocolFault {
            if (atEnd() || text.charAt(next) != '{') {
                return one();
            }
            next++;
            Type key = one();
            Type value = one();
            if (!(key instanceof Basic)) {
                throw fault();
            }
            expect('}');
            return new Entry(key, value);
        }

        private Type struct() throws ProtocolFault {
            List<Type> members = new ArrayList<>();
            while (!atEnd() && text.charAt(next) != ')') {
                members.add(one());
            }
            expect(')');
            if (members.isEmpty()) {
                throw fault();
            }
            return new Struct(members);
        }

        private Type basic(char code) throws ProtocolFault {
            if (Basic.CODES.indexOf(code) < 0) {
                throw fault();
            }
            return new Basic(code);
        }

        private void expect(char code) throws ProtocolFault {
            if (atEnd() || text.charAt(next) != code) {
                throw fault();
            }
            next++;
        }

        private ProtocolFault fault() {
            return new ProtocolFault("`" + text + "` is not a signature");
        }
    }
}
