# sh -c SCRIPT sh NONCE DIGEST CACHE
# Takes the image away unless another run uses it, and the cache with it if nothing is left there.
# What agents are to remember is not taken away: saved passwords, and refreshes that are still owed.
nonce=$1
at "$3" "$2"
if in_use "$digest"; then
    printf "mgmt %s kept\n" "$nonce"
else
    discard "$image"
    rm -f "$cache"/state/*/refreshes.lock
    rmdir "$cache"/state/* "$cache/state" "$images" "$running" "$cache" 2>/dev/null
    printf "mgmt %s removed\n" "$nonce"
fi
