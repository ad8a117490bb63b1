package dev.mgmt.remote.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.remote.inventory.HostRange.Expansion.Malformed;
import dev.mgmt.remote.inventory.HostRange.Expansion.Names;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    web1               | web1
                    web[1-3]           | web1 web2 web3
                    web[1:3]           | web1 web2 web3
                    web[08-11].dc1     | web08.dc1 web09.dc1 web10.dc1 web11.dc1
                    n[0-10/5]          | n0 n5 n10
                    n[1:9:4]           | n1 n5 n9
                    n[1-8/4]           | n1 n5
                    n[7-7]             | n7
                    n[007]             | n007
                    db[a,b]            | dba dbb
                    db[a:c]            | dba dbb dbc
                    db[A-C/2]          | dbA dbC
                    [eu-west,us-east]1 | eu-west1 us-east1
                    n[1-2,9,x]         | n1 n2 n9 nx
                    r[1-2]n[01-02]     | r1n01 r1n02 r2n01 r2n02
                    n[1,x[a,b]y]       | n1 nxay nxby
                    n[[1-2],3]         | n1 n2 n3
                    a[1-2],b           | a1 a2 b
                    'a , b[1, 2]'      | a b1 b2
                    n[98-101]          | n98 n99 n100 n101
                    n[098-101]         | n098 n099 n100 n101
                    """)
    void textsStandForTheirNamesInOrder(String text, String names) {
        assertEquals(List.of(names.split(" ")), expanded(text).names());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    web[1-3          | 3  | a [ without its ]
                    web1-3]          | 6  | a ] without its [
                    web[3-1]         | 4  | the range 3-1 ends before it begins
                    web[1-3/0]       | 4  | the step of the range 1-3/0 is 0
                    web[c:a]         | 4  | the range c:a ends before it begins
                    web[]            | 4  | a name is missing here
                    web[1,,2]        | 6  | a name is missing here
                    a,,b             | 2  | a name is missing here
                    a,               | 2  | a name is missing here
                    n[0-99999]       | 2  | more than 65536 names
                    n[0-999]x[0-999] | 9  | more than 65536 names
                    n[1-999999999999999999] | 2 | more than 65536 names
                    [[[[[[[[[1]]]]]]]]] | 9 | brackets within brackets, more than 8
                    """)
    void slipsAreToldWhereTheyAre(String text, int offset, String message) {
        assertEquals(new Malformed(offset, message), HostRange.expand(text, HostRange.LIMIT));
    }

    @Test
    void asManyNamesAsTheLimitAreFine() {
        assertEquals(65_536, expanded("n[0-65535]").names().size());
        assertEquals(65_536, expanded("r[0-255]n[0-255]").names().size());
    }

    @Test
    void namesThatComeTwiceAreReportedAndTakenOnce() {
        Names names = expanded("n[1-3],n2,m");
        assertEquals(List.of("n1", "n2", "n3", "m"), names.names());
        assertEquals(List.of("n2"), names.doubles());
    }

    private static Names expanded(String text) {
        return assertInstanceOf(Names.class, HostRange.expand(text, HostRange.LIMIT));
    }
}
