# Flags and variables in every spelling there was.
cat >graph.yaml <<G
graph: mygraph
resources:
  exec:
  - name: one
    cmd: "true"
  password:
  - name: secret
    length: 16
    saved: true
G
mgmt r --yaml graph.yaml -t 0 --tmp-prefix
mgmt run --yaml graph.yaml -t 0 --prefix state --sema 2 --no-config-watch --no-stream-watch --no-server \
  --advertise-client-urls http://127.0.0.1:9 --advertise-server-urls http://127.0.0.1:9 --pgp-identity a --pgp-key-path b
test -n "$(find state -type f)"
MGMT_CONVERGED_TIMEOUT=0 MGMT_PREFIX=other mgmt run --yaml graph.yaml --max-runtime 0
test -n "$(find other -type f)"
status=0
mgmt run --yaml graph.yaml -t 0 --tmp-prefix --noop || status=$?
test $status = 5
status=0
mgmt run --remote graph.yaml --tmp-prefix 2>said || status=$?
test $status = 2
grep -q 'mgmt remote' said
