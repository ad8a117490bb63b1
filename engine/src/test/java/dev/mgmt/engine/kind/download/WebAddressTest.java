package dev.mgmt.engine.kind.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;

class WebAddressTest {
    @Test
    void onlyWebServersWillDo() {
        assertTrue(WebAddress.fits(URI.create("HTTPS://h/a")));
        assertTrue(WebAddress.fits(URI.create("http://[::1]:8080/a?b")));
        assertFalse(WebAddress.fits(URI.create("file:///etc/passwd")));
        assertFalse(WebAddress.fits(URI.create("jar:http://h/a!/b")));
        assertFalse(WebAddress.fits(URI.create("/a")));
        assertFalse(WebAddress.fits(URI.create("http:a")));
    }

    @Test
    void whatIsForOneServerIsForNoOther() {
        URI one = URI.create("https://h/a");
        assertTrue(WebAddress.sameServer(one, URI.create("https://H:443/b")));
        assertFalse(WebAddress.sameServer(one, URI.create("https://h:8443/a")));
        assertFalse(WebAddress.sameServer(one, URI.create("http://h/a")));
        assertFalse(WebAddress.sameServer(one, URI.create("https://i/a")));
    }

    @Test
    void passwordsInQueriesAreNotShown() {
        assertEquals("https://h/a?…", WebAddress.shown(URI.create("https://h/a?X-Signature=1")));
        assertEquals("https://h/a", WebAddress.shown(URI.create("https://h/a")));
    }
}
