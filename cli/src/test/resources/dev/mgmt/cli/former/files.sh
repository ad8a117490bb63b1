# Files of all sorts; run until at rest.
touch gone
timeout --kill-after=60s 50s mgmt run --yaml files.yaml --converged-timeout=1 --no-watch --no-pgp --tmp-prefix >log 2>&1
test "$(cat f1)" = "i am f1"
test "$(cat copy)" = "i am f1"
test "$(cat sub/f3)" = "i am f3"
test "$(stat -c %a f2)" = 741
test ! -e gone
