# Figures for Prometheus and a picture of the graph.
mgmt run --yaml figures.yaml --hostname h1 --prometheus --graphviz picture.dot --graphviz-filter neato \
  --no-pgp --tmp-prefix >log 2>&1 &
pid=$!
figures() {
  exec 3<>/dev/tcp/127.0.0.1/9233
  printf 'GET /metrics HTTP/1.0\r\n\r\n' >&3
  tr -d '\r' <&3
  exec 3>&-
}
until grep -q 'fails.* try 2 failed' log; do sleep 0.1; done
# The others go their own way beside it.
until figures | grep -qx 'mgmt_checkapply_total{apply="true",errorful="false",eventful="true",kind="file"} 2' &&
  figures | grep -qx 'mgmt_checkapply_total{apply="false",errorful="false",eventful="true",kind="file"} 1'; do
  sleep 0.1
done
figures >metrics
grep -x 'mgmt_resources{kind="file"} 4' metrics
grep -x 'mgmt_checkapply_total{apply="true",errorful="false",eventful="true",kind="file"} 2' metrics
grep -x 'mgmt_checkapply_total{apply="false",errorful="false",eventful="true",kind="file"} 1' metrics
grep -x 'mgmt_failures{failure="soft",kind="file"} 1' metrics
grep -E '^mgmt_failures_total\{failure="soft",kind="file"\} [1-9]' metrics
grep -E '^mgmt_graph_start_time_seconds [1-9][0-9]{9}' metrics
test ! -e dry
until test -s picture.dot@h1.png; do sleep 0.1; done
grep -q 'file\[file1\]' picture.dot@h1
kill -INT $pid
wait $pid
# What has failed for good is told in the end, but not to scripts that never heard of it.
sed -i 's/retry: -1/retry: 1/' figures.yaml
status=0
mgmt run --yaml figures.yaml -t 0 --tmp-prefix || status=$?
test $status = 1
mgmt run --yaml figures.yaml -t 0 --tmp-prefix --compat-exit
MGMT_COMPAT_EXIT=1 mgmt run --yaml figures.yaml -t 0 --tmp-prefix
