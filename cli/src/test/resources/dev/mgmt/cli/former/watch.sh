# What is disturbed is mended, and the log says so as often as it happens.
cat >graph.yaml <<G
graph: mygraph
resources:
  file:
  - name: file1
    path: DIR/f1
    content: |
      i am f1
    state: exists
edges: []
G
mgmt run --file graph.yaml --no-pgp --tmp-prefix >log 2>&1 &
pid=$!
mended() { grep -c 'file\[file1\]: contentCheckApply(true)' log || true; }
until test "$(mended)" = 1; do sleep 0.1; done
until grep -q converged log; do sleep 0.1; done
rm f1
until test "$(mended)" = 2; do sleep 0.1; done
echo scribble >f1
until test "$(mended)" = 3; do sleep 0.1; done
# The graph is edited while it runs: in place, as echo does, and then broken.
sed -i 's/i am f1/i am new/' graph.yaml
until test "$(cat f1)" = "i am new"; do sleep 0.1; done
echo 'graph: [' >graph.yaml
until grep -q 'the graph before it goes on' log; do sleep 0.1; done
rm f1
until test -e f1; do sleep 0.1; done
kill -INT $pid
wait $pid
