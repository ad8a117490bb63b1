# Commands in order, guarded, and refreshed by a timer; ended by SIGINT.
mgmt run --yaml2 commands.yaml --no-pgp --tmp-prefix --no-caching --log-level debug >log 2>&1 &
pid=$!
until test -e refreshed && test "$(wc -l <refreshed)" -ge 3; do sleep 0.1; done
kill -INT $pid
wait $pid
test "$(cat order)" = "one
two"
test -e "with space"
grep -q 'without a meaning any more: --no-caching, --no-pgp' log
