# sh -c SCRIPT sh NONCE DIGEST CACHE DECOMPRESSOR
# Unpacks the archive on standard input into the cache, whole or not at all.
nonce=$1
decompressor=$4
uid=$(id -u)
at "$3" "$2"

failed() {
    rm -rf "$part"
    printf "mgmt %s failed %s %s\n" "$nonce" "$(free_kib "$cache")" "$1"
    exit 1
}

# The newest three stay, and whatever runs.
prune() {
    kept=0
    for old in $(ls -1t "$images"); do
        kept=$((kept + 1))
        if [ "$kept" -gt 3 ] && ! in_use "$old"; then
            discard "$images/$old"
        fi
    done
    # What a killed transfer left behind; none takes a day.
    find "$images/." ! -name . -prune -name ".*" -mtime +0 -exec rm -rf {} +
}

trap 'rm -rf "$part"' EXIT
trap "exit 1" HUP INT TERM PIPE
mkdir -p "$images" "$running" && trusted "$cache" || failed "the directory cannot be used"
mkdir "$part" && cd "$part" || failed "the directory cannot be written"

# -o: the files are ours, whoever packed them. A decompressor that fails leaves an archive without
# its end, and the last entry of the archive is the marker.
"$decompressor" -dc | tar -xof -
if [ "$(cat .complete 2>/dev/null)" != "$digest" ]; then
    cd /
    failed "the archive did not arrive whole"
fi
touch .
cd /

if [ ! -f "$image/.complete" ]; then
    discard "$image"
    mv "$part" "$image" || failed "the image cannot be moved into place"
    # Somebody was faster between the two lines above: ours then lies inside of theirs.
    rm -rf "$image/${part##*/}"
fi
prune
printf "mgmt %s installed\n" "$nonce"
