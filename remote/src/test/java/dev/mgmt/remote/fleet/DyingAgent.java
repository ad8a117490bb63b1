package dev.mgmt.remote.fleet;

import dev.mgmt.remote.wire.AgentParameters;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Answers as an agent does, says something and is gone. */
final class DyingAgent {
    private DyingAgent() {}

    public static void main(String[] args) throws Exception {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        AgentParameters parameters = AgentParameters.read(String.valueOf(in.readLine()));
        System.out.println("mgmt " + parameters.nonce() + " ready");
        System.err.println("out of patience");
        System.err.flush();
        Runtime.getRuntime().halt(3);
    }
}
