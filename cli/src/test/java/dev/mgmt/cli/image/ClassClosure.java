package dev.mgmt.cli.image;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The part of some jars that a program can reach. A class is kept when a kept class names it, be it
 * in its code, in a descriptor or in a string that reads as its name (what {@code Class.forName}
 * would be given); whole classes are kept or left, and none is altered. Whatever a service file
 * names is kept with its service.
 */
final class ClassClosure {
    private static final String SERVICES = "META-INF/services/";

    private final Map<String, byte[]> classes = new HashMap<>();
    private final Map<String, byte[]> resources = new TreeMap<>();

    ClassClosure(Collection<Path> jars) throws IOException {
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    add(entry.getName(), file.getInputStream(entry).readAllBytes());
                }
            }
        }
    }

    private void add(String name, byte[] content) {
        if (name.endsWith(".class")) {
            if (!name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
                classes.putIfAbsent(name.substring(0, name.length() - ".class".length()), content);
            }
        } else if (name.startsWith(SERVICES) && !name.endsWith("/")) {
            resources.merge(name, content, ClassClosure::joinedLines);
        }
    }

    private static byte[] joinedLines(byte[] one, byte[] other) {
        String text =
                new String(one, StandardCharsets.UTF_8)
                        + "\n"
                        + new String(other, StandardCharsets.UTF_8);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Everything reachable from some classes.
     *
     * @param roots class names with dots
     * @return entry name in a jar to content, sorted
     */
    SortedMap<String, byte[]> reachableFrom(List<String> roots) {
        SortedMap<String, byte[]> kept = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>();
        for (String root : roots) {
            String name = root.replace('.', '/');
            if (!classes.containsKey(name)) {
                throw new IllegalArgumentException("no jar has the class " + root);
            }
            open.add(name);
        }
        while (!open.isEmpty()) {
            String name = open.remove();
            byte[] content = classes.get(name);
            if (content != null && kept.put(name + ".class", content) == null) {
                mentions(content, open);
                keepService(name, kept, open);
            }
        }
        return kept;
    }

    private void keepService(String service, SortedMap<String, byte[]> kept, Deque<String> open) {
        String file = SERVICES + service.replace('/', '.');
        byte[] providers = resources.get(file);
        if (providers != null) {
            kept.put(file, providers);
            new String(providers, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> open.add(line.replace('.', '/')));
        }
    }

    /**
     * All text of a constant pool that may name a class: class entries, descriptors, signatures and
     * strings.
     */
    private void mentions(byte[] content, Deque<String> found) {
        ClassModel model = ClassFile.of().parse(content);
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry named) {
                addNamesIn(named.asInternalName(), found);
            } else if (entry instanceof Utf8Entry text) {
                addNamesIn(text.stringValue(), found);
            }
        }
    }

    private void addNamesIn(String text, Deque<String> found) {
        if (classes.containsKey(text)) {
            found.add(text);
        }
        if (text.indexOf('.') > 0 && classes.containsKey(text.replace('.', '/'))) {
            found.add(text.replace('.', '/'));
        }
        int start = text.indexOf('L');
        while (start >= 0) {
            int end = start + 1;
            while (end < text.length() && ";<".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String name = text.substring(start + 1, end);
            if (classes.containsKey(name)) {
                found.add(name);
            }
            start = text.indexOf('L', start + 1);
        }
    }
}
