# Three runs on one machine: the first where it always was, the others by --seeds. One is killed.
for name in h1 h2 h3; do
  mkdir $name
  sed "s/NAME/$name/g" exchange.yaml >$name.yaml
done
mgmt run --hostname h1 --ideal-cluster-size 3 --tmp-prefix --no-pgp --yaml h1.yaml >h1.log 2>&1 &
h1=$!
mgmt run --hostname h2 --seeds http://127.0.0.1:2379 --client-urls http://127.0.0.1:2381 \
  --server-urls http://127.0.0.1:2382 --tmp-prefix --no-pgp --yaml h2.yaml >h2.log 2>&1 &
h2=$!
mgmt run --hostname h3 --seeds http://127.0.0.1:2379 --client-urls http://127.0.0.1:2383 \
  --server-urls http://127.0.0.1:2384 --tmp-prefix --no-pgp --yaml h3.yaml >h3.log 2>&1 &
h3=$!
for here in h1 h2 h3; do
  for there in h1 h2 h3; do
    until test "$(cat $here/exported-$there 2>/dev/null)" = "exported by $there"; do sleep 0.1; done
  done
done
kill -KILL $h3
wait $h3 || true
sed -i 's/exported by/changed by/' h2.yaml
until test "$(cat h1/exported-h2)" = "changed by h2"; do sleep 0.1; done
rm h1/exported-h3
until test -e h1/exported-h3; do sleep 0.1; done
kill -INT $h2
wait $h2
kill -INT $h1
wait $h1
