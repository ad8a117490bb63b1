package dev.mgmt.cli.image;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars with the one time that the start-up cache is trained with. */
final class Jars {
    private static final FileTime TIME = FileTime.fromMillis(Archive.TIME_SECONDS * 1000);

    /** The oldest class file version that the start-up cache takes. */
    private static final int OLDEST_CACHED = 50;

    private Jars() {}

    /**
     * Stored without compression: the archive compresses better than the jar would, and starting
     * inflates nothing.
     */
    static void write(Path jar, SortedMap<String, byte[]> entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setLastModifiedTime(TIME);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        Files.setLastModifiedTime(jar, TIME);
    }

    /**
     * Copies a jar. The start-up cache takes no class file from before Java 6 (version 50): such
     * classes are written anew in the format of Java 8, the same code with the stack maps that
     * format asks for.
     */
    static void copy(Path from, Path to) throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        boolean outdated = false;
        try (JarFile jar = new JarFile(from.toFile())) {
            for (JarEntry entry : jar.stream().filter(entry -> !entry.isDirectory()).toList()) {
                byte[] content = jar.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class") && majorVersion(content) < OLDEST_CACHED) {
                    content = renewed(content);
                    outdated = true;
                }
                entries.put(entry.getName(), content);
            }
        }
        if (outdated) {
            write(to, entries);
        } else {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(to, TIME);
        }
    }

    private static int majorVersion(byte[] classFile) {
        return ((classFile[6] & 0xff) << 8) | (classFile[7] & 0xff);
    }

    private static byte[] renewed(byte[] classFile) {
        ClassFile format =
                ClassFile.of(
                        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(
                                                Jars.class.getClassLoader())
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
        ClassTransform newer =
                (builder, element) -> {
                    if (element instanceof ClassFileVersion) {
                        builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                    } else {
                        builder.with(element);
                    }
                };
        // Method bodies are taken apart and put together again: only then are stack maps made.
        ClassTransform bodies = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
        return format.transformClass(format.parse(classFile), bodies.andThen(newer));
    }
}
